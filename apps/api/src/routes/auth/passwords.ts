import { findPasswordReset, replacePassword, usePasswordReset } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inCrowd } from '../../auth/crowd.ts';
import { BUSY } from '../../auth/few-at-once.ts';
import { networkOf } from '../../auth/login-limits.ts';
import { assertStrongPassword } from '../../auth/new-password.ts';
import { confirmPassword } from '../../auth/own-password.ts';
import { hashPassword } from '../../auth/password-hash.ts';
import { openSession } from '../../auth/sessions.ts';
import { hashToken } from '../../auth/tokens.ts';
import { brokenRule } from '../../http/http-answer.ts';
import { throttle } from '../../http/throttle.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import {
  MessageSchema,
  PasswordChangedSchema,
  PasswordChangeSchema,
  PasswordResetSchema,
} from '../../schemas/account.ts';
import { CLOSED, detail, invalid } from '../../schemas/errors.ts';

const CHANGED = 'Password changed. Every other session has ended.';
const RESET = 'Password changed. Log in with the new one.';
const USED_UP = 'This link has been used or has expired. Ask for another one.';
const TOO_SHORT = { new_password: ['This password is too short. It must contain at least 8 characters.'] };
/** Of one network. A link cannot be guessed: this is about the work. */
const RESETS_AN_HOUR = 30;

/** POST /api/auth/password/ (by who knows the old one) and /api/auth/password/reset/ (by who has a link). */
export const passwordRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database }) => {
  app.post(
    '/api/auth/password/',
    {
      schema: {
        tags: ['auth'],
        summary: 'Change the password',
        description: 'Ends every session of the account; the answer has the tokens of a new one.',
        body: PasswordChangeSchema,
        response: {
          200: PasswordChangedSchema,
          400: invalid({ current_password: ['The password is not right.'] }, TOO_SHORT),
          429: detail('Request was throttled. Expected available in 3600 seconds.'),
          503: detail(BUSY),
          ...CLOSED,
        },
      },
    },
    (request, reply) =>
      inCrowd(async () => {
        const { current_password: password, new_password: newPassword } = request.body;
        const userId = callerOf(request).id;
        const user = await confirmPassword({ database, reply, userId, password, field: 'current_password' });
        await assertStrongPassword(newPassword, user.username);
        await replacePassword(database, userId, await hashPassword(newPassword));
        const userAgent = request.headers['user-agent'];
        return { message: CHANGED, ...(await openSession({ app, database }, user, { userAgent })) };
      }),
  );

  app.post(
    '/api/auth/password/reset/',
    {
      config: { access: 'open' },
      schema: {
        tags: ['auth'],
        summary: 'Set a password by a one-time link',
        description:
          'An operator makes the link (`pnpm admin reset-password`). Ends every session of the account.',
        body: PasswordResetSchema,
        response: {
          200: MessageSchema(RESET),
          400: invalid({ error: USED_UP }, TOO_SHORT),
          429: detail('Request was throttled. Expected available in 3600 seconds.'),
          503: detail(BUSY),
        },
      },
    },
    (request, reply) =>
      inCrowd(async () => {
        const subject = networkOf(request.ip);
        const limit = { scope: 'password-reset', subject, limit: RESETS_AN_HOUR, windowSec: 3_600 };
        await throttle(database, limit, reply);
        const { token, new_password: newPassword } = request.body;
        const user = await findPasswordReset(database, hashToken(token));
        if (user === null) throw brokenRule('RESET_LINK_INVALID', USED_UP);
        // A link is not used up by a password that will not do.
        await assertStrongPassword(newPassword, user.username);
        const isDone = await usePasswordReset(database, hashToken(token), await hashPassword(newPassword));
        if (!isDone) throw brokenRule('RESET_LINK_INVALID', USED_UP);
        return { message: RESET };
      }),
  );
};
