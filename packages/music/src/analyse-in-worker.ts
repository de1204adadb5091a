import { Worker } from 'node:worker_threads';
import { type AppError, ownFile } from '@bachata-buddy/platform';
import { type MusicCode, musicError, throwIfCancelled } from './errors.ts';
import type { PackedSound } from './packed-sound.ts';
import type { SongAnalysis } from './song-analysis.ts';

/** What the thread answers: the analysis, or the parts of an AppError. */
export type WorkerAnswer =
  | { readonly analysis: SongAnalysis }
  | {
      readonly failure: {
        readonly message: string;
        readonly code: MusicCode;
        readonly details: Readonly<Record<string, unknown>>;
      };
    };

/** Most of what the thread makes anew is short-lived: room for more of it would only be taken, not needed. */
const YOUNG_GENERATION_MEGABYTES = 8;

const PROGRAM = { source: './analysis-worker-start.mjs', built: './analysis-worker.js' };

/** Who listens to packed sound, as {@link analyseInWorker} does. */
export type AnalyseSound = (
  packed: PackedSound,
  options: { readonly signal?: AbortSignal | undefined },
) => Promise<SongAnalysis>;

/**
 * Analyse packed sound in a thread of its own, so that the process goes on answering. Its buffers are moved, not copied:
 * `packed` is empty (detached) afterwards.
 *
 * @param options.signal Aborting ends the thread at once.
 * @returns The same as `analyseSamples`; the thread has ended when the promise settles.
 * @throws AppError `MUSIC_INVALID_AUDIO` as `analysePacked`; `CANCELLED` where the signal aborts;
 *   `MUSIC_ANALYSIS_FAILED` where the thread breaks down.
 */
export async function analyseInWorker(
  packed: PackedSound,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<SongAnalysis> {
  throwIfCancelled(signal);
  const worker = new Worker(ownFile(import.meta.url, PROGRAM), {
    workerData: packed,
    transferList: [packed.values.buffer as ArrayBuffer, packed.scales.buffer as ArrayBuffer],
    // The starter brings its own loader; flags of this process (--input-type, --test) are not meant for the thread.
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MEGABYTES },
  });
  const stop = () => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const answer = await awaitAnswer(worker);
    throwIfCancelled(signal);
    if (answer === undefined) throw analysisFailed('the thread ended without an answer');
    if ('analysis' in answer) return answer.analysis;
    const { code, message, details } = answer.failure;
    throw musicError(code, message, { details });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** The thread's answer once the thread has ended; undefined where it ended without one. */
function awaitAnswer(worker: Worker): Promise<WorkerAnswer | undefined> {
  return new Promise((resolve, reject) => {
    let answer: WorkerAnswer | undefined;
    let failure: Error | undefined;
    worker.once('message', (message: WorkerAnswer) => {
      answer = message;
    });
    worker.once('error', (error: Error) => {
      failure = analysisFailed(error.message, error);
    });
    worker.once('exit', () => (failure === undefined ? resolve(answer) : reject(failure)));
  });
}

function analysisFailed(reason: string, cause?: Error): AppError {
  return musicError('MUSIC_ANALYSIS_FAILED', 'The song could not be analysed.', {
    details: { reason },
    cause,
  });
}
