import { deleteUser } from '@bachata-buddy/database';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { inCrowd } from '../../auth/crowd.ts';
import { BUSY } from '../../auth/few-at-once.ts';
import { confirmPassword } from '../../auth/own-password.ts';
import { notFound } from '../../http/http-answer.ts';
import { throttle } from '../../http/throttle.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import { AccountDeletionSchema, ExportSchema, MessageSchema } from '../../schemas/account.ts';
import { CLOSED, detail, invalid } from '../../schemas/errors.ts';
import { exportAccount } from './export-account.ts';

const GONE = 'Account deleted. Its videos are removed from storage in the hours after that.';
/** Each reads all that somebody has. */
const EXPORTS_AN_HOUR = 5;

/** GET /api/auth/export/ (all that is the caller's) and POST /api/auth/delete-account/ */
export const accountRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { database } = context;

  app.get(
    '/api/auth/export/',
    {
      // The usual one writes fields that may be absent after all others.
      serializerCompiler: () => JSON.stringify,
      schema: {
        tags: ['auth'],
        summary: 'Export all that is kept of the account',
        description: 'One JSON document; links lead to videos and blueprints, and ask for a login as usual.',
        response: {
          200: ExportSchema,
          429: detail('Request was throttled. Expected available in 3600 seconds.'),
          ...CLOSED,
        },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const subject = String(caller.id);
      await throttle(database, { scope: 'export', subject, limit: EXPORTS_AN_HOUR, windowSec: 3_600 }, reply);
      const document = await exportAccount(context, request, caller);
      if (document === null) throw notFound();
      void reply.header('content-disposition', 'attachment; filename="bachata-buddy.json"');
      return document;
    },
  );

  app.post(
    '/api/auth/delete-account/',
    {
      schema: {
        tags: ['auth'],
        summary: 'Delete the account with all that is its own',
        description:
          'Cannot be taken back. What is under way is stopped; videos are removed in the hours after that.',
        body: AccountDeletionSchema,
        response: {
          200: MessageSchema(GONE),
          400: invalid({ password: ['The password is not right.'] }),
          429: detail('Request was throttled. Expected available in 3600 seconds.'),
          503: detail(BUSY),
          ...CLOSED,
        },
      },
    },
    (request, reply) =>
      inCrowd(async () => {
        const userId = callerOf(request).id;
        const { password } = request.body;
        await confirmPassword({ database, reply, userId, password, field: 'password' });
        const openTasks = await deleteUser(database, userId);
        if (openTasks === null) throw notFound();
        for (const task of openTasks) app.launches.cancel(task.taskId, task);
        return { message: GONE };
      }),
  );
};
