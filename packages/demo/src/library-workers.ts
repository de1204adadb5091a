import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type AppError, cancelled, ownFile, withScratchDirectory } from '@bachata-buddy/platform';
import { type DemoCode, demoError } from './errors.ts';
import type { DemoFile } from './library-content.ts';

/** One file to be made. */
export interface LibraryWork {
  readonly kind: 'song' | 'clip';
  readonly id: string;
  /** POSIX, below the library's directory. */
  readonly path: string;
  /** For people: what is being made. */
  readonly what: string;
}

export interface WorkerSetting {
  /** Of the library. */
  readonly directory: string;
  readonly ffmpegPath: string;
  /** Where workers put what is in the making; whoever starts them removes it. */
  readonly scratchDirectory: string;
}

export type WorkerOrder = LibraryWork | 'close';

export type WorkerAnswer =
  | { readonly path: string; readonly file: DemoFile }
  | {
      readonly path: string;
      readonly failure: { message: string; code: DemoCode; details: Record<string, unknown> };
    };

export interface WorkOptions extends Omit<WorkerSetting, 'scratchDirectory'> {
  readonly onFinished: (work: LibraryWork, file: DemoFile) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

const PROGRAM = { source: './library-worker-start.mjs', built: './library-worker.js' };

/** Each worker keeps about one and a half processors busy: it draws while its ffmpeg encodes. */
const MOST_WORKERS = 6;

function cancelledError(cause?: unknown): AppError {
  return cancelled('Making the demo library was cancelled', cause);
}

function nextAnswer(worker: Worker): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    const onMessage = (answer: WorkerAnswer) => settle(() => resolve(answer));
    const onError = (cause: Error) =>
      settle(() => reject(demoError('DEMO_WORKER', 'The demo library could not be made', { cause })));
    const onExit = () => settle(() => reject(demoError('DEMO_WORKER', 'The demo library could not be made')));
    const settle = (then: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      then();
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

/** One worker takes file after file from the common queue until it is empty, something fails, or it is stopped. */
async function runWorker(
  queue: LibraryWork[],
  options: WorkOptions & WorkerSetting,
  stopped: AbortSignal,
): Promise<void> {
  const { directory, ffmpegPath, scratchDirectory } = options;
  const worker = new Worker(ownFile(import.meta.url, PROGRAM), {
    workerData: { directory, ffmpegPath, scratchDirectory } satisfies WorkerSetting,
  });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const close = () => worker.postMessage('close' satisfies WorkerOrder);
  stopped.addEventListener('abort', close, { once: true });
  try {
    for (let work = queue.shift(); work !== undefined; work = queue.shift()) {
      if (stopped.aborted) return;
      worker.postMessage(work satisfies WorkerOrder);
      const answer = await nextAnswer(worker);
      if ('failure' in answer) {
        const { message, code, details } = answer.failure;
        throw demoError(code, message, { details: { ...details, path: answer.path } });
      }
      await options.onFinished(work, answer.file);
    }
  } finally {
    stopped.removeEventListener('abort', close);
    close();
    await exited;
  }
}

/**
 * Makes all these files, several at a time, each in a thread with an ffmpeg of its own. No thread and no ffmpeg is
 * left when it settles, and no temporary file; what a process that was killed has left is removed by the next.
 *
 * @throws AppError `CANCELLED` where `signal` aborts; `DEMO_ENCODE_FAILED` and others where a file fails: the
 * rest is then given up.
 */
export async function makeFiles(works: readonly LibraryWork[], options: WorkOptions): Promise<void> {
  if (works.length === 0) return;
  if (options.signal?.aborted) throw cancelledError(options.signal.reason);
  const queue = [...works];
  const failed = new AbortController();
  const stopped =
    options.signal === undefined ? failed.signal : AbortSignal.any([options.signal, failed.signal]);
  const workerCount = Math.min(works.length, MOST_WORKERS, Math.max(1, availableParallelism()));
  let firstFailure: unknown;
  await withScratchDirectory({ purpose: 'demo' }, (scratchDirectory) =>
    Promise.all(
      Array.from({ length: workerCount }, () =>
        runWorker(queue, { ...options, scratchDirectory }, stopped).catch((thrown: unknown) => {
          firstFailure ??= thrown;
          failed.abort();
        }),
      ),
    ),
  );
  if (options.signal?.aborted) throw cancelledError(options.signal.reason);
  if (firstFailure !== undefined) throw firstFailure;
}
