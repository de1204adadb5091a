import { createHash } from 'node:crypto';
import type { TaskWithSong } from '@bachata-buddy/database';
import { isEnded } from '@bachata-buddy/vocabulary';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { AppConfig } from '../../config.ts';
import { openEventStream, type StreamEvent } from '../../events/event-stream.ts';
import type { Playback } from '../../playback.ts';
import { badToken } from '../../plugins/authentication.ts';
import type { RouteContext } from '../../route-context.ts';
import { detail, invalid, ONE_TASK } from '../../schemas/errors.ts';
import { LastEventHeadersSchema, TaskParamsSchema, TicketQuerySchema } from '../../schemas/task.ts';
import { getCallersTask } from './owned-task.ts';
import { showTask, viewTask } from './task-view.ts';

/** How long a client waits before it comes back after a stream that broke. */
const RETRY_MS = 3_000;

/** A client that comes back after its task has ended still learns how. */
const TICKET_OUTLIVES_TASK_MS = 15 * 60_000;

const EVENTS_EXAMPLE =
  'retry: 3000\n\nid: 8sJ2\ndata: {"task_id":"…","status":"running","progress":45,…}\n\n';

/** GET /api/choreography/tasks/{task_id}/events/: the task's states as they come, until it has ended. */
export const taskEventsRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { database, config, playback } = context;
  app.get(
    '/api/choreography/tasks/:task_id/events/',
    {
      config: { access: 'ticket' },
      exposeHeadRoute: false,
      schema: {
        tags: ['choreography'],
        summary: "Follow one of the caller's own tasks by server-sent events",
        description:
          'The data of each event is the body of the task itself. The stream ends when the task has; a client that ' +
          'comes back with the id of its last state is told 204, that there is nothing more. A ticket counts until 15 minutes ' +
          'after the task has ended, or after it was given for one that had.',
        params: TaskParamsSchema,
        querystring: TicketQuerySchema,
        headers: LastEventHeadersSchema,
        response: {
          200: {
            description: 'Events; each has an id to resume with',
            content: { 'text/event-stream': { schema: Type.String(), example: EVENTS_EXAMPLE } },
          },
          204: Type.Null({ description: 'The task has ended and the client knows it' }),
          400: invalid({ ticket: ['Null characters are not allowed.'] }),
          429: detail('You have 10 event streams open already. Close one of them first.'),
          503: detail('Too many event streams are open. Try again later.'),
          ...ONE_TASK,
        },
      },
    },
    async (request, reply) => {
      const task = await getCallersTask(database, request);
      const { ticketIssuedAt } = request;
      if (ticketIssuedAt !== null && isSpent(ticketIssuedAt, task)) throw badToken('Token is expired');
      const lastEventId = request.headers['last-event-id'];
      if (isEnded(task) && eventIdOf(task) === lastEventId) return reply.code(204).send(null);
      return streamStates({ app, config, playback, request, reply, task });
    },
  );
};

/** Whether a ticket for it is good no more. */
function isSpent(issuedAt: Date, task: TaskWithSong): boolean {
  const endedAt = task.completedAt ?? task.updatedAt;
  const spentAt = Math.max(issuedAt.getTime(), endedAt.getTime()) + TICKET_OUTLIVES_TASK_MS;
  return isEnded(task) && Date.now() > spentAt;
}

interface Streaming {
  readonly app: FastifyInstance;
  readonly config: AppConfig;
  readonly playback: Playback;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly task: TaskWithSong;
}

function streamStates(streaming: Streaming): FastifyReply {
  const { app, config, playback, request, reply, task } = streaming;
  const { taskId, userId } = task;
  // Whoever left while the task was looked up has closed the answer before anybody could listen for that.
  if (reply.raw.destroyed) return reply.hijack();
  const leave = app.openStreams.enter(userId, () => stream.stop());
  reply.hijack();
  const stream = openEventStream({
    response: reply.raw,
    headers: reply.getHeaders(),
    retryMs: RETRY_MS,
    heartbeatMs: config.TASK_EVENTS_HEARTBEAT_MS,
    lastEventId: request.headers['last-event-id'] as string | undefined,
  });
  const offer = async (task: TaskWithSong): Promise<void> => {
    stream.offer(await eventOf(task, playback));
    if (isEnded(task)) stream.finish();
  };
  const stopWatching = app.taskWatch.watch({
    taskId,
    onState(task) {
      if (task === null || task.userId !== userId) return stream.stop();
      offer(task).catch((thrown: unknown) => {
        request.log.error({ err: thrown }, 'a state of a task could not be shown');
        stream.stop();
      });
    },
  });
  const oldAge = setTimeout(() => stream.stop(), config.TASK_EVENTS_MAX_AGE_SEC * 1_000);
  reply.raw.once('close', () => {
    clearTimeout(oldAge);
    stopWatching();
    leave();
  });
  return reply;
}

async function eventOf(task: TaskWithSong, playback: Playback): Promise<StreamEvent> {
  return { id: eventIdOf(task), data: JSON.stringify(await showTask(task, playback)) };
}

/**
 * Of what is shown, so every instance gives a state the same one, and a state that is shown no other; but not of the
 * address of a video, which is signed anew every time.
 */
function eventIdOf(task: TaskWithSong): string {
  return createHash('sha256')
    .update(JSON.stringify(viewTask(task)))
    .digest('base64url');
}
