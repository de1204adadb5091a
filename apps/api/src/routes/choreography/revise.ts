import {
  type Blueprint,
  BlueprintError,
  type BlueprintRevision,
  reviseBlueprint,
} from '@bachata-buddy/blueprint';
import type { Revision } from '@bachata-buddy/choreography';
import type { TaskWithSong } from '@bachata-buddy/database';
import { AppError } from '@bachata-buddy/platform';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { untilAborted } from '../../generate/deadline.ts';
import { type BegunGeneration, failure, startGeneration } from '../../generate/start-generation.ts';
import { invalidFields } from '../../http/http-answer.ts';
import { isTrue } from '../../http/query-string.ts';
import type { RouteContext } from '../../route-context.ts';
import { invalid, ONE_TASK } from '../../schemas/errors.ts';
import { GENERATION_REFUSALS, GenerationHeadersSchema, StartedSchema } from '../../schemas/generation.ts';
import { PreviewQuerySchema, PreviewSchema, RevisionSchema } from '../../schemas/revision.ts';
import { TaskParamsSchema } from '../../schemas/task.ts';
import { answerGeneration } from './answer-generation.ts';
import { signDanceMedia } from './dance-media.ts';
import { type ReadEdits, readEdits, withIssues } from './edits-of.ts';
import { getCallersTask } from './owned-task.ts';
import { loadDance, type RevisableDance } from './revisable-dance.ts';
import { viewStarted } from './started-view.ts';
import { throttleLooks } from './throttle-looks.ts';

const UNFIT_EDITS = invalid(
  { edits: { 0: { index: ['A valid integer is required.'] } } },
  { error: 'This task has no blueprint to revise.' },
);

/** POST /api/choreography/tasks/{task_id}/revise/: a new task whose blueprint differs in the edits alone. */
export const reviseRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { store, signedMedia } = context;
  app.post(
    '/api/choreography/tasks/:task_id/revise/',
    {
      // The usual one would leave out what a document has beyond its schema.
      serializerCompiler: () => JSON.stringify,
      schema: {
        tags: ['choreography'],
        summary: 'Generate a changed choreography from the blueprint of a task',
        description:
          'With `preview=1` the answer is the document that the edits would make, and what it is played from; no task ' +
          'is made, and it counts against a limit of its own.',
        params: TaskParamsSchema,
        querystring: PreviewQuerySchema,
        body: RevisionSchema,
        headers: GenerationHeadersSchema,
        response: {
          200: PreviewSchema,
          202: StartedSchema,
          ...GENERATION_REFUSALS,
          ...ONE_TASK,
          400: UNFIT_EDITS,
        },
      },
    },
    async (request, reply) => {
      const task = await getCallersTask(context.database, request);
      const read = readEdits(request.body.edits);
      // What cannot even be an edit is told before anything is made of it.
      if (read.edits.every((edit) => edit === null)) throw invalidFields({ edits: read.errors });
      if (isTrue(request.query.preview)) {
        await throttleLooks(context, request, reply);
        return app.generationSignals.run('preview', (signal) => preview({ task, read, signal }));
      }
      request.body = { edits: [...read.edits] };
      const work = async (begun: BegunGeneration) => {
        const { signal } = begun;
        const { song, request: wish, ...dance } = await loadDance(context.database, task);
        const revision = await reviseOrRefuse(context, { ...dance, song, request: wish, read, signal });
        return startGeneration(
          { ...context, launches: app.launches },
          {
            ...begun,
            userId: task.userId,
            kind: task.requestKind,
            song,
            request: wish,
            madeOf: { revisionOf: task.taskId },
            answerOf: (taskId) => ({ status: 202, body: viewStarted(taskId, song) }),
            compose: async (made) => reviseBlueprint(dance.blueprint, { ...revision, ...made }),
          },
        );
      };
      const route = `revise/${task.taskId}`;
      return answerGeneration({ app, context, request, reply, kind: 'revision', route, work });
    },
  );

  /** The document that the same edits would make, and what it is played from; nothing is kept. */
  async function preview({ task, read, signal }: PreviewWish) {
    const dance = await loadDance(context.database, task);
    const revision = await reviseOrRefuse(context, { ...dance, read, signal });
    const made = { taskId: task.taskId, generatedAt: new Date() };
    const blueprint = reviseOrFail(dance.blueprint, { ...revision, ...made });
    const media = await signDanceMedia({ store, signedMedia }, { blueprint, song: dance.song });
    return { blueprint, media };
  }
};

interface PreviewWish {
  readonly task: TaskWithSong;
  readonly read: ReadEdits;
  readonly signal: AbortSignal;
}

/** @throws HttpAnswer 500 where it would be no valid document */
function reviseOrFail(blueprint: Blueprint, revision: BlueprintRevision): Blueprint {
  try {
    return reviseBlueprint(blueprint, revision);
  } catch (thrown) {
    if (!(thrown instanceof BlueprintError)) throw thrown;
    throw failure('Failed to generate blueprint', thrown);
  }
}

interface RevisionWish extends Omit<RevisableDance, 'blueprint'> {
  readonly read: ReadEdits;
  readonly signal: AbortSignal;
}

/** @throws HttpAnswer 400 with everything that is wrong with any edit, 500 where it could not be found out */
async function reviseOrRefuse(
  { planner }: RouteContext,
  { read, signal, ...wish }: RevisionWish,
): Promise<Revision> {
  let revision: Revision;
  try {
    revision = await untilAborted(planner.revise({ ...wish, edits: read.edits, signal }), signal);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    throw failure('Failed to generate blueprint', thrown);
  }
  const errors = withIssues(read.errors, revision.issues);
  if (Object.keys(errors).length > 0) throw invalidFields({ edits: errors });
  return revision;
}
