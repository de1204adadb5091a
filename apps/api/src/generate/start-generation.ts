import { randomUUID } from 'node:crypto';
import { type Blueprint, BlueprintError, hashBlueprint } from '@bachata-buddy/blueprint';
import type { ChoreographyRequest } from '@bachata-buddy/choreography';
import {
  type AnsweredRequest,
  type BegunRequest,
  createTask,
  failTask,
  type Song,
  storeBlueprintAndOrderLaunch,
  updatePendingTask,
} from '@bachata-buddy/database';
import { AppError } from '@bachata-buddy/platform';
import { activeSpan, inSpan } from '@bachata-buddy/telemetry';
import { PLANNING_STEPS, type RequestKind, SUBMITTING } from '@bachata-buddy/vocabulary';
import { brokenRule, HttpAnswer } from '../http/http-answer.ts';
import type { Answer } from '../http/idempotency.ts';
import type { Dispatcher } from '../launch/dispatcher.ts';
import type { RouteContext } from '../route-context.ts';
import { untilAborted } from './deadline.ts';
import type { ComposeOptions } from './planner.ts';

/** From the request to the answer; clients give up at 30 s. */
export const GENERATION_DEADLINE_MS = 25_000;

type Context = Pick<RouteContext, 'database' | 'planner' | 'launcher'> & {
  readonly launches: Pick<Dispatcher, 'nudge'>;
};

/** A request that may go on. */
export interface BegunGeneration {
  /** Aborts at the deadline, or when the service shuts down. */
  readonly signal: AbortSignal;
  /** Undefined where the client named no key. */
  readonly idempotent: BegunRequest | undefined;
}

type MadeOf = { readonly revisionOf: string } | { readonly originalTaskId: string; readonly version: string };

export interface GenerationOrder extends BegunGeneration {
  readonly userId: number;
  readonly kind: RequestKind;
  readonly song: Song;
  readonly request: ChoreographyRequest;
  /** Of a revision, or a practice version: the task it is made of; and which version it is. */
  readonly madeOf?: MadeOf;
  readonly answerOf: (taskId: string) => Answer;
  /** Makes the blueprint of the new task; by default it is planned. */
  readonly compose?: (task: Pick<ComposeOptions, 'taskId' | 'generatedAt'>) => Promise<Blueprint>;
}

/**
 * From a decided request to a job on its way: task, blueprint, launch order. Whatever stops it on the way leaves
 * the task `failed` with the reason, and throws the documented answer.
 *
 * @returns the answer, which is kept together with the launch order where the request has an idempotency key
 */
export async function startGeneration(context: Context, order: GenerationOrder): Promise<Answer> {
  const taskId = await openTask(context, order);
  const span = activeSpan();
  span.set({ 'task.id': taskId });
  const blueprint = await composeOrFail(context, order, taskId);
  // Jobs belong to the request, not to its last step.
  const { traceparent } = span;
  const answer = withOpenWishes(order.answerOf(taskId), blueprint);
  const answered = answeredRequest(order, answer);
  await inSpan('store blueprint', () => submitOrFail(context, { taskId, blueprint, traceparent, answered }));
  context.launches.nudge();
  return answer;
}

async function openTask(
  { database }: Context,
  { userId, kind, song, request, madeOf }: GenerationOrder,
): Promise<string> {
  const taskId = randomUUID();
  await createTask(database, {
    taskId,
    userId,
    songId: song.id,
    requestKind: kind,
    query: request.query ?? null,
    difficulty: request.difficulty,
    energyLevel: request.energyLevel,
    style: request.style,
    seed: request.seed,
    ...madeOf,
    ...PLANNING_STEPS[kind],
  });
  return taskId;
}

async function composeOrFail(context: Context, order: GenerationOrder, taskId: string): Promise<Blueprint> {
  const { userId, song, request, signal } = order;
  const plan = (task: Pick<ComposeOptions, 'taskId' | 'generatedAt'>) =>
    context.planner.compose({ ...task, userId, song, request, signal });
  try {
    const work = (order.compose ?? plan)({ taskId, generatedAt: new Date() });
    return await untilAborted(work, signal);
  } catch (thrown) {
    const isRefused = thrown instanceof AppError && thrown.code === 'CHOREOGRAPHY_ALL_REFUSED';
    const reason = reasonOf(thrown, signal);
    await failTask(context.database, taskId, isRefused ? reason : `Blueprint generation failed: ${reason}`);
    if (isRefused) throw brokenRule('ALL_MOVES_REFUSED', reason);
    throw failure('Failed to generate blueprint', thrown);
  }
}

/** Where the dance does not meet all that was asked for, the answer says so; else it has no such field. */
function withOpenWishes(answer: Answer, { open_wishes: openWishes }: Blueprint): Answer {
  if (openWishes === undefined) return answer;
  return { ...answer, body: { ...(answer.body as object), open_wishes: openWishes } };
}

function answeredRequest(
  { idempotent }: GenerationOrder,
  { status, body }: Answer,
): AnsweredRequest | undefined {
  return idempotent === undefined ? undefined : { ...idempotent, statusCode: status, response: body };
}

interface Submission {
  readonly taskId: string;
  readonly blueprint: Blueprint;
  readonly traceparent: string | undefined;
  readonly answered: AnsweredRequest | undefined;
}

async function submitOrFail(
  { database, launcher }: Context,
  { taskId, blueprint, traceparent, answered }: Submission,
): Promise<void> {
  let isOrdered: boolean;
  try {
    await updatePendingTask(database, taskId, SUBMITTING);
    await launcher.assertReady();
    isOrdered = await storeBlueprintAndOrderLaunch(database, {
      taskId,
      blueprint,
      sha256: hashBlueprint(blueprint),
      traceparent,
      answered,
    });
  } catch (thrown) {
    await failTask(database, taskId, `Job submission failed: ${reasonOf(thrown)}`);
    throw failure('Failed to create job execution', thrown);
  }
  if (!isOrdered) throw brokenRule('TASK_CANCELLED', 'The task was cancelled.');
}

/** Why, in words that are safe to show. */
function reasonOf(thrown: unknown, signal?: AbortSignal): string {
  if (signal?.aborted && signal.reason instanceof AppError) return signal.reason.message;
  if (thrown instanceof AppError || thrown instanceof BlueprintError) return thrown.message;
  return 'Internal error.';
}

export function failure(error: string, cause: unknown): HttpAnswer {
  return new HttpAnswer({ code: 'GENERATION_FAILED', body: { error }, cause });
}
