import { useLoginLink } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { networkOf } from '../../auth/login-limits.ts';
import { openSession } from '../../auth/sessions.ts';
import { brokenRule, forbidden } from '../../http/http-answer.ts';
import { isLoopback } from '../../http/loopback.ts';
import { throttle } from '../../http/throttle.ts';
import type { RouteContext } from '../../route-context.ts';
import { LoginAnswerSchema, LoginLinkSchema } from '../../schemas/auth.ts';
import { detail, invalid } from '../../schemas/errors.ts';
import { viewUser } from './user-view.ts';

const USED_UP = 'This link has been used or has expired. Ask for another one.';
/** A link cannot be guessed: this is about the work. */
const LOGINS_AN_HOUR = 60;

/** POST /api/auth/login/link/: a session for whoever has a one-time link, on the machine of the service alone. */
export const loginLinkRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database }) => {
  app.post(
    '/api/auth/login/link/',
    {
      config: { access: 'open' },
      schema: {
        tags: ['auth'],
        summary: 'Log in by a one-time link, on the machine of the service',
        description: '`pnpm demo` makes the link. Asked for from elsewhere, it is refused.',
        body: LoginLinkSchema,
        response: {
          200: LoginAnswerSchema,
          400: invalid({ error: USED_UP }),
          403: detail('You do not have permission to perform this action.'),
          429: detail('Request was throttled. Expected available in 3600 seconds.'),
        },
      },
    },
    async (request, reply) => {
      if (!isLoopback(request.ip)) throw forbidden();
      const subject = networkOf(request.ip);
      await throttle(
        database,
        { scope: 'login-link', subject, limit: LOGINS_AN_HOUR, windowSec: 3_600 },
        reply,
      );
      const user = await useLoginLink(database, request.body.token);
      if (user === null || !user.isActive) throw brokenRule('LOGIN_LINK_INVALID', USED_UP);
      const tokens = await openSession({ app, database }, user, { userAgent: request.headers['user-agent'] });
      return { user: viewUser(user), ...tokens };
    },
  );
};
