import {
  type Blueprint,
  type MoveToBuild,
  plannedMovesOf,
  reviseBlueprint,
  validateBlueprint,
} from '@bachata-buddy/blueprint';
import type { ChoreographyRequest, Excerpt, Revision } from '@bachata-buddy/choreography';
import { findBlueprint, type Song, type TaskWithSong } from '@bachata-buddy/database';
import { AppError } from '@bachata-buddy/platform';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { untilAborted } from '../../generate/deadline.ts';
import { requestOfTask } from '../../generate/request-of-task.ts';
import { withStandingRefusals } from '../../generate/standing-refusals.ts';
import { type BegunGeneration, failure, startGeneration } from '../../generate/start-generation.ts';
import { brokenRule, invalidFields } from '../../http/http-answer.ts';
import type { RouteContext } from '../../route-context.ts';
import { invalid, ONE_TASK } from '../../schemas/errors.ts';
import { GENERATION_REFUSALS, GenerationHeadersSchema, StartedSchema } from '../../schemas/generation.ts';
import { RevisionSchema } from '../../schemas/revision.ts';
import { TaskParamsSchema } from '../../schemas/task.ts';
import { answerGeneration } from './answer-generation.ts';
import { type ReadEdits, readEdits, withIssues } from './edits-of.ts';
import { getCallersTask } from './owned-task.ts';
import { viewStarted } from './started-view.ts';

const UNFIT_EDITS = invalid(
  { edits: { 0: { index: ['A valid integer is required.'] } } },
  { error: 'This task has no blueprint to revise.' },
);

/** POST /api/choreography/tasks/{task_id}/revise/: a new task whose blueprint differs in the edits alone. */
export const reviseRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  app.post(
    '/api/choreography/tasks/:task_id/revise/',
    {
      schema: {
        tags: ['choreography'],
        summary: 'Generate a changed choreography from the blueprint of a task',
        params: TaskParamsSchema,
        body: RevisionSchema,
        headers: GenerationHeadersSchema,
        response: { 202: StartedSchema, ...GENERATION_REFUSALS, ...ONE_TASK, 400: UNFIT_EDITS },
      },
    },
    async (request, reply) => {
      const task = await getCallersTask(context.database, request);
      const read = readEdits(request.body.edits);
      // What cannot even be an edit is told before anything is made of it.
      if (read.edits.every((edit) => edit === null)) throw invalidFields({ edits: read.errors });
      request.body = { edits: [...read.edits] };
      const work = async (begun: BegunGeneration) => {
        const { signal } = begun;
        const { song, blueprint, moves } = await loadDance(context, task);
        const asked = requestOfTask(task, blueprint);
        const wish = await withStandingRefusals(context.database, asked, task.userId);
        const excerpt = excerptIn(blueprint);
        const revision = await reviseOrRefuse(context, { song, moves, excerpt, request: wish, read, signal });
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
            compose: async (made) => reviseBlueprint(blueprint, { ...revision, ...made }),
          },
        );
      };
      const route = `revise/${task.taskId}`;
      return answerGeneration({ app, context, request, reply, kind: 'revision', route, work });
    },
  );
};

/** What of its song a document dances. */
function excerptIn({ output_config: output, total_duration: durationSec }: Blueprint): Excerpt {
  const { song_start: startSec = 0, song_fade_out: fadeOutSec = 0 } = output;
  return { startSec, endSec: startSec + durationSec, fadeOutSec };
}

interface Dance {
  readonly song: Song;
  readonly blueprint: Blueprint;
  readonly moves: readonly MoveToBuild[];
}

/** What the task has made so far. @throws HttpAnswer 400 where that is nothing to revise */
async function loadDance({ database }: RouteContext, task: TaskWithSong): Promise<Dance> {
  const stored = await findBlueprint(database, task.taskId);
  if (stored === null) throw brokenRule('NOT_REVISABLE', 'This task has no blueprint to revise.');
  if (task.song === null) throw brokenRule('NOT_REVISABLE', 'The song of this task is no longer there.');
  const isSound = validateBlueprint(stored.blueprint).length === 0;
  const blueprint = stored.blueprint as Blueprint;
  const moves = isSound ? plannedMovesOf(blueprint) : null;
  if (moves === null)
    throw brokenRule('NOT_REVISABLE', 'This blueprint was not planned here and cannot be revised.');
  return { song: task.song, blueprint, moves };
}

interface RevisionWish extends Pick<Dance, 'song' | 'moves'> {
  readonly excerpt: Excerpt;
  readonly request: ChoreographyRequest;
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
