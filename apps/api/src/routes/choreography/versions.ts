import {
  type Blueprint,
  BlueprintError,
  type PracticeVersion,
  practiceVersionOf,
  validateBlueprint,
} from '@bachata-buddy/blueprint';
import {
  findBlueprint,
  findTaskVersion,
  type Song,
  type TaskVersion,
  type TaskWithSong,
  VERSION_CONSTRAINT,
} from '@bachata-buddy/database';
import { AppError } from '@bachata-buddy/platform';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { requestOfTask } from '../../generate/request-of-task.ts';
import { type BegunGeneration, startGeneration } from '../../generate/start-generation.ts';
import { brokenRule, invalidFields } from '../../http/http-answer.ts';
import type { Answer } from '../../http/idempotency.ts';
import type { RouteContext } from '../../route-context.ts';
import { invalid, ONE_TASK } from '../../schemas/errors.ts';
import { GENERATION_REFUSALS, GenerationHeadersSchema, StartedSchema } from '../../schemas/generation.ts';
import { TaskParamsSchema } from '../../schemas/task.ts';
import { SLOW_SPEEDS, VersionRequestSchema } from '../../schemas/version.ts';
import { answerGeneration, sendAnswer } from './answer-generation.ts';
import { getCallersTask } from './owned-task.ts';
import { viewStarted } from './started-view.ts';
import { versionName } from './version-name.ts';

const IS_VERSION = 'This task is a practice version itself. Ask for versions of its original.';
const NO_SONG = 'The song of this task is no longer there.';
const CANNOT = 'No practice version can be made of this blueprint.';
const unfinished = (status: string) => `Cannot make a version of a task with status "${status}".`;

/** POST /api/choreography/tasks/{task_id}/versions/: a new task with the same dance, to practise by. */
export const versionsRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  app.post(
    '/api/choreography/tasks/:task_id/versions/',
    {
      schema: {
        tags: ['choreography'],
        summary: 'Make a practice version of a finished choreography',
        description:
          'A version is a task of its own, which names its original; the original lists its versions. ' +
          'Where the task has this version already, that one is the answer, and nothing is made.',
        params: TaskParamsSchema,
        body: VersionRequestSchema,
        headers: GenerationHeadersSchema,
        response: {
          202: StartedSchema,
          ...GENERATION_REFUSALS,
          ...ONE_TASK,
          400: invalid(
            { speed: ['This field is required.'] },
            { error: unfinished('running') },
            { error: IS_VERSION },
          ),
        },
      },
    },
    async (request, reply) => {
      const task = await getCallersTask(context.database, request);
      const version = readVersion(request.body);
      const song = songOf(task);
      const known = await findKnown(context, task, version);
      if (known !== undefined) return sendAnswer(reply, known);
      const work = (begun: BegunGeneration) =>
        make({ ...context, launches: app.launches }, { task, song, version, begun });
      const route = `versions/${task.taskId}`;
      return answerGeneration({ app, context, request, reply, kind: 'version', route, work });
    },
  );
};

/** @throws HttpAnswer 400 */
function readVersion({ kind, speed }: Static<typeof VersionRequestSchema>): PracticeVersion {
  if (kind === 'mirrored') return { kind };
  if (speed === undefined) throw invalidFields({ speed: ['This field is required.'] });
  const known = SLOW_SPEEDS.find((one) => one === speed);
  if (known === undefined) throw invalidFields({ speed: [`"${speed}" is not a valid choice.`] });
  return { kind, speed: known };
}

/** @throws HttpAnswer 400 where no version can be made of the task */
function songOf({ status, originalTaskId, song }: TaskWithSong): Song {
  if (originalTaskId !== null) throw brokenRule('VERSION_IMPOSSIBLE', IS_VERSION);
  if (status !== 'completed') throw brokenRule('TASK_UNFINISHED', unfinished(status));
  if (song === null) throw brokenRule('VERSION_IMPOSSIBLE', NO_SONG);
  return song;
}

async function findKnown(
  { database }: RouteContext,
  task: TaskWithSong,
  version: PracticeVersion,
): Promise<Answer | undefined> {
  const known = await findTaskVersion(database, task.taskId, versionName(version));
  return known === null ? undefined : viewKnown(known, songOf(task));
}

function viewKnown({ taskId, status }: TaskVersion, song: Song): Answer {
  return { status: 202, body: { ...viewStarted(taskId, song), status } };
}

interface VersionOrder {
  readonly task: TaskWithSong;
  readonly song: Song;
  readonly version: PracticeVersion;
  readonly begun: BegunGeneration;
}

async function make(
  context: RouteContext & Pick<FastifyInstance, 'launches'>,
  { task, song, version, begun }: VersionOrder,
): Promise<Answer> {
  const blueprint = await loadBlueprint(context, task, version);
  const name = versionName(version);
  try {
    return await startGeneration(context, {
      ...begun,
      userId: task.userId,
      kind: task.requestKind,
      song,
      request: requestOfTask(task, blueprint),
      madeOf: { originalTaskId: task.taskId, version: name },
      answerOf: (taskId) => ({ status: 202, body: viewStarted(taskId, song) }),
      compose: async (made) => practiceVersionOf(blueprint, { ...made, version }),
    });
  } catch (thrown) {
    // Of two requests at the same time, the other one was first.
    const isTaken = thrown instanceof AppError && thrown.details?.constraint === VERSION_CONSTRAINT;
    const known = isTaken ? await findKnown(context, task, version) : undefined;
    if (known === undefined) throw thrown;
    return known;
  }
}

/** @throws HttpAnswer 400 where the version would be no valid document: tried before a task is made for it */
async function loadBlueprint(
  { database }: RouteContext,
  { taskId }: TaskWithSong,
  version: PracticeVersion,
): Promise<Blueprint> {
  const stored = await findBlueprint(database, taskId);
  if (stored === null || validateBlueprint(stored.blueprint).length > 0)
    throw brokenRule('VERSION_IMPOSSIBLE', CANNOT);
  const blueprint = stored.blueprint as Blueprint;
  try {
    practiceVersionOf(blueprint, { taskId, generatedAt: new Date(), version });
  } catch (thrown) {
    if (!(thrown instanceof BlueprintError)) throw thrown;
    throw brokenRule('VERSION_IMPOSSIBLE', `${CANNOT} ${thrown.message}`);
  }
  return blueprint;
}
