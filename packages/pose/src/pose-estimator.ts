import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError, cancelled, hasCode, ownFile, toError } from '@bachata-buddy/platform';
import { poseError } from './errors.ts';
import { poseModelFolder } from './model-folder.ts';

/** What the thread is given. */
export interface PoseWorkerSetting {
  readonly folder: string;
}

/** What the thread says to a picture. */
export type PoseWorkerAnswer =
  | { readonly output: Float32Array }
  | {
      readonly failure: {
        readonly code: 'POSE_MODEL_MISSING' | 'POSE_MODEL_DAMAGED' | 'POSE_MODEL_FAILED';
        readonly message: string;
      };
    };

/** Looks at pictures, one after the other, in a thread of its own. */
export interface PoseEstimator {
  /**
   * What the model says of a picture of 512 x 288 (red, green and blue, a byte each): six people of 56 numbers.
   *
   * @throws AppError `POSE_MODEL_MISSING`, `POSE_MODEL_DAMAGED`, `POSE_MODEL_FAILED`, `CANCELLED`
   */
  look(picture: Uint8Array, signal?: AbortSignal): Promise<Float32Array>;
  /** Ends the thread. */
  close(): Promise<void>;
}

export interface PoseEstimatorOptions {
  /** Of the package that holds the model. */
  readonly folder?: string | undefined;
  /** Longest that a picture may take, loading the model included, before the thread is given up. */
  readonly timeoutMs?: number;
  /** The thread's program; another one in tests of what breaks. */
  readonly program?: URL;
}

const PROGRAM = { source: './pose-worker-start.mjs', built: './pose-worker.js' };
const TIMEOUT_MS = 60_000;
/** A thread that broke down is started anew, for the fault may have lain in a picture; not without end. */
const MOST_BREAKDOWNS = 3;

/** Nothing is loaded before the first picture. */
export function makePoseEstimator(options: PoseEstimatorOptions = {}): PoseEstimator {
  const { folder = poseModelFolder(), timeoutMs = TIMEOUT_MS } = options;
  const program = options.program ?? ownFile(import.meta.url, PROGRAM);
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let breakdowns = 0;
  /** What no other picture would change. */
  let finalFailure: AppError | undefined;

  const start = (): Worker => {
    const started = new Worker(program, { workerData: { folder } satisfies PoseWorkerSetting, execArgv: [] });
    // Whoever waits for an answer hears of it; one that breaks down while nobody waits is started anew.
    started.on('error', () => undefined);
    started.once('exit', () => {
      if (worker === started) worker = undefined;
    });
    return started;
  };

  const end = async (): Promise<void> => {
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };

  const lookNow = async (picture: Uint8Array, signal: AbortSignal | undefined): Promise<Float32Array> => {
    if (signal?.aborted) throw cancelled('The poses were not measured.', signal.reason);
    if (finalFailure !== undefined) throw finalFailure;
    worker ??= start();
    try {
      return await ask(worker, picture, { timeoutMs, signal });
    } catch (thrown) {
      await end();
      if (hasCode(thrown, 'POSE_MODEL_MISSING', 'POSE_MODEL_DAMAGED')) finalFailure = thrown;
      if (hasCode(thrown, 'POSE_MODEL_FAILED') && ++breakdowns >= MOST_BREAKDOWNS) finalFailure = thrown;
      throw thrown;
    }
  };

  return {
    look(picture, signal) {
      const looking = last.then(() => lookNow(picture, signal));
      last = looking.catch(() => undefined);
      return looking;
    },
    close: end,
  };
}

interface AskOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

async function ask(worker: Worker, picture: Uint8Array, limits: AskOptions): Promise<Float32Array> {
  const { timeoutMs, signal } = limits;
  const over = new AbortController();
  const tooLong = AbortSignal.timeout(timeoutMs);
  const ends = AbortSignal.any([over.signal, tooLong, ...(signal === undefined ? [] : [signal])]);
  const answered = once(worker, 'message', { signal: ends });
  const ended = once(worker, 'exit', { signal: ends }).then(() => ['ended without an answer']);
  try {
    const own = picture.slice();
    worker.postMessage(own, [own.buffer]);
    const [answer] = (await Promise.race([answered, ended])) as [PoseWorkerAnswer | string];
    if (typeof answer === 'string') throw new Error(answer);
    return outputOf(answer);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    if (signal?.aborted) throw cancelled('The poses were not measured.', signal.reason);
    const how = tooLong.aborted
      ? `gave no answer in ${timeoutMs / 1_000} s`
      : `broke down (${toError(thrown).message})`;
    throw poseError('POSE_MODEL_FAILED', `The pose model ${how}.`, { cause: thrown });
  } finally {
    over.abort();
  }
}

function outputOf(answer: PoseWorkerAnswer): Float32Array {
  if ('output' in answer) return answer.output;
  const { code, message } = answer.failure;
  if (code === 'POSE_MODEL_FAILED') throw new Error(message);
  throw poseError(code, message);
}
