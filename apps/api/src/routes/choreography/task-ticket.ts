import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { signTicket } from '../../auth/tokens.ts';
import { addressOf } from '../../http/address.ts';
import { callerOf } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import { ONE_TASK } from '../../schemas/errors.ts';
import { TaskParamsSchema, TicketSchema } from '../../schemas/task.ts';
import { getCallersTask } from './owned-task.ts';

/** POST /api/choreography/tasks/{task_id}/events/ticket/: what opens the task's events without a header. */
export const taskTicketRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database, config }) => {
  app.post(
    '/api/choreography/tasks/:task_id/events/ticket/',
    {
      schema: {
        tags: ['choreography'],
        summary: "Get a ticket for the events of one of the caller's own tasks",
        description:
          'For `new EventSource(events_url)`, which cannot send a token and reconnects by itself. Good for this task ' +
          'alone, until 15 minutes after it has ended, or from now on where it had, and no longer than the login.',
        params: TaskParamsSchema,
        response: { 200: TicketSchema, ...ONE_TASK },
      },
    },
    async (request, reply) => {
      const { taskId } = await getCallersTask(database, request);
      const { id: userId, familyId } = callerOf(request);
      const ticket = signTicket(app, { userId, taskId, familyId });
      const url = addressOf(request, config.PUBLIC_URL);
      url.pathname = `/api/choreography/tasks/${taskId}/events/`;
      url.search = new URLSearchParams({ ticket }).toString();
      void reply.header('cache-control', 'no-store');
      return { ticket, events_url: url.href };
    },
  );
};
