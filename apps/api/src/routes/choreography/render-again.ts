import { findTask, renewLaunch, type TaskWithSong, VERSION_CONSTRAINT } from '@bachata-buddy/database';
import { AppError } from '@bachata-buddy/platform';
import { activeSpan } from '@bachata-buddy/telemetry';
import { SUBMITTED, videoKeyOf } from '@bachata-buddy/vocabulary';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { type BegunGeneration, failure } from '../../generate/start-generation.ts';
import { brokenRule } from '../../http/http-answer.ts';
import { type Answer, KEY_IN_FLIGHT } from '../../http/idempotency.ts';
import { NO_ROOM } from '../../http/room-for-tasks.ts';
import { hasVideo, refuseWhereUnreachable } from '../../http/stored-video.ts';
import type { RouteContext } from '../../route-context.ts';
import { invalid, ONE_TASK, rule } from '../../schemas/errors.ts';
import { GENERATION_REFUSALS, GenerationHeadersSchema } from '../../schemas/generation.ts';
import { TaskParamsSchema, TaskSchema } from '../../schemas/task.ts';
import { answerGeneration, sendAnswer } from './answer-generation.ts';
import { getCallersTask } from './owned-task.ts';
import { viewTask } from './task-view.ts';

const STILL_THERE = 'The video of this task is still there.';
const NEVER_THERE = 'This task has never had a video.';
const MADE_ANEW = 'This practice version has been made anew. Its original lists the one that counts.';
const UNREACHABLE = 'The video storage cannot be reached. Try again later.';

/** POST /api/choreography/tasks/{task_id}/render/: the task once more, where its video is gone from storage. */
export const renderAgainRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { database } = context;
  app.post(
    '/api/choreography/tasks/:task_id/render/',
    {
      // As for the task itself, whose order of fields it keeps.
      serializerCompiler: () => JSON.stringify,
      schema: {
        tags: ['choreography'],
        summary: 'Render a video again that is gone',
        description:
          'For a video that has expired: the task is `started` again and makes the same video, at the same address, ' +
          'from its blueprint. A task that is being rendered is answered as it is. Counts as a generation.',
        params: TaskParamsSchema,
        headers: GenerationHeadersSchema,
        response: {
          202: TaskSchema,
          ...GENERATION_REFUSALS,
          ...ONE_TASK,
          400: invalid({ error: STILL_THERE }, { error: NEVER_THERE }),
          409: rule(KEY_IN_FLIGHT, MADE_ANEW),
          500: rule('Failed to create job execution'),
          503: rule(UNREACHABLE, NO_ROOM),
        },
      },
    },
    async (request, reply) => {
      const task = await getCallersTask(database, request);
      const isUnderWay = task.status === 'started' || task.status === 'running';
      if (isUnderWay) return sendAnswer(reply, showAsIs(task));
      const work = (begun: BegunGeneration) =>
        renderAgain({ ...context, launches: app.launches }, task, begun);
      const route = `render/${task.taskId}`;
      return answerGeneration({ app, context, request, reply, kind: 'rendering', route, work });
    },
  );
};

function showAsIs(task: TaskWithSong): Answer {
  return { status: 202, body: viewTask(task) };
}

/** @throws HttpAnswer 400 where there is nothing to render again, 409 where another task has its place, 500, 503 */
async function renderAgain(
  { database, store, launcher, launches }: RouteContext & Pick<FastifyInstance, 'launches'>,
  task: TaskWithSong,
  { idempotent }: BegunGeneration,
): Promise<Answer> {
  const key = task.result === null ? null : videoKeyOf(task.result);
  if (key === null) throw brokenRule('VIDEO_NEVER_THERE', NEVER_THERE);
  const isThere = await hasVideo(store, key).catch(refuseWhereUnreachable(UNREACHABLE));
  if (isThere && task.status === 'completed') throw brokenRule('VIDEO_STILL_THERE', STILL_THERE);
  const answer = showAsIs(startedAgain(task));
  const answered = idempotent && { ...idempotent, statusCode: answer.status, response: answer.body };
  const { taskId } = task;
  try {
    await launcher.assertReady();
    const { traceparent } = activeSpan();
    const isRenewed = await renewLaunch(database, { taskId, traceparent, answered });
    // Somebody else was faster: it is being rendered.
    if (!isRenewed) return showAsIs((await findTask(database, taskId)) ?? task);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    // It had failed, and of versions that have not there is one.
    if (thrown.details?.constraint === VERSION_CONSTRAINT) throw brokenRule('VERSION_REPLACED', MADE_ANEW);
    throw failure('Failed to create job execution', thrown);
  }
  launches.nudge();
  return answer;
}

/** The task as it will be read. */
function startedAgain(task: TaskWithSong): TaskWithSong {
  return {
    ...task,
    ...SUBMITTED,
    status: 'started',
    progress: 0,
    error: null,
    updatedAt: new Date(),
  };
}
