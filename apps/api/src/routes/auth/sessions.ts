import { findUserByUsername, noteNetwork } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { inCrowd } from '../../auth/crowd.ts';
import { BUSY } from '../../auth/few-at-once.ts';
import { networkOf, throttleLogin } from '../../auth/login-limits.ts';
import { hashPassword, verifyPassword } from '../../auth/password-hash.ts';
import { closeSession, openLoginSession, refreshSession } from '../../auth/sessions.ts';
import { type HttpAnswer, unauthorized } from '../../http/http-answer.ts';
import type { RouteContext } from '../../route-context.ts';
import { LoginAnswerSchema, LoginSchema, RefreshSchema, TokenPairSchema } from '../../schemas/auth.ts';
import { detail, missing, rule } from '../../schemas/errors.ts';
import { viewUser } from './user-view.ts';

const WRONG_LOGIN = 'Invalid username or password';
const LOGGED_OUT = 'Logged out successfully';
const DISABLED = 'User account is disabled';

/** POST /api/auth/login/, /refresh/ and /logout/ */
export const sessionRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database, config }) => {
  const context = { app, database };

  app.post(
    '/api/auth/login/',
    {
      config: { access: 'open' },
      schema: {
        tags: ['auth'],
        summary: 'Login and get JWT tokens',
        body: LoginSchema,
        response: {
          200: LoginAnswerSchema,
          400: missing('username', 'password'),
          401: rule(WRONG_LOGIN, DISABLED),
          429: detail('Request was throttled. Expected available in 900 seconds.'),
          503: detail(BUSY),
        },
      },
    },
    (request, reply) =>
      inCrowd(async () => {
        const { username, password } = request.body;
        const forgive = await throttleLogin(database, { address: request.ip, username }, reply);
        const user = await findUserByUsername(database, username);
        const verdict = await verifyPassword(password, user?.passwordHash);
        if (user === null || verdict === 'wrong') throw wrongLogin();
        if (!user.isActive) throw unauthorized({ code: 'ACCOUNT_DISABLED', body: { error: DISABLED } });
        await forgive();
        const tokens = await openLoginSession(context, user, {
          userAgent: request.headers['user-agent'],
          verifiedHash: user.passwordHash,
          passwordHash: verdict === 'stale' ? await hashPassword(password) : undefined,
        });
        // Another password was given to the account while this one was looked at.
        if (tokens === null) throw wrongLogin();
        await noteNetwork(database, user.id, networkOf(request.ip));
        return { user: viewUser(user), ...tokens };
      }),
  );

  app.post(
    '/api/auth/refresh/',
    {
      config: { access: 'open' },
      schema: {
        tags: ['auth'],
        summary: 'Get a new access token',
        body: RefreshSchema,
        response: {
          200: TokenPairSchema,
          400: missing('refresh'),
          401: detail('Token is invalid', 'Token is blacklisted', 'Token is expired'),
        },
      },
    },
    (request) => refreshSession(context, request.body.refresh, { rotate: config.AUTH_ROTATE_REFRESH }),
  );

  app.post(
    '/api/auth/logout/',
    {
      // Whoever holds the refresh token may end its session, also when the access token has run out.
      config: { access: 'open' },
      schema: {
        tags: ['auth'],
        summary: 'Revoke a refresh token',
        body: RefreshSchema,
        response: {
          200: Type.Object({ message: Type.String({ examples: [LOGGED_OUT] }) }),
          400: missing('refresh'),
          401: detail('Token is invalid', 'Token is blacklisted', 'Token is expired'),
        },
      },
    },
    async (request) => {
      await closeSession(context, request.body.refresh);
      return { message: LOGGED_OUT };
    },
  );
};

function wrongLogin(): HttpAnswer {
  return unauthorized({ code: 'LOGIN_INVALID', body: { error: WRONG_LOGIN } });
}
