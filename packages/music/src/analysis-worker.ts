import { parentPort, workerData } from 'node:worker_threads';
import { AppError, toError } from '@bachata-buddy/platform';
import { analyseSamples } from './analyse.ts';
import type { WorkerAnswer, WorkerQuestion } from './analyse-in-worker.ts';

/** The program of the worker thread: one question in, one answer out, end. */
const { samples, sampleRateHz } = workerData as WorkerQuestion;
parentPort?.postMessage(answer(samples, sampleRateHz));

function answer(pcm: Float32Array, rateHz: number): WorkerAnswer {
  try {
    return { analysis: analyseSamples(pcm, rateHz) };
  } catch (thrown) {
    // Only plain values survive the way between threads; the class is put back on the other side.
    if (thrown instanceof AppError) {
      const { message, code, retryable, details } = thrown;
      return { failure: { message, code, retryable, details } };
    }
    return {
      failure: {
        message: 'The song could not be analysed.',
        code: 'MUSIC_ANALYSIS_FAILED',
        retryable: false,
        details: { reason: toError(thrown).message },
      },
    };
  }
}
