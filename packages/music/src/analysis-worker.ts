import { parentPort, workerData } from 'node:worker_threads';
import { hasCode, toError } from '@bachata-buddy/platform';
import { analyseOwnSamples } from './analyse.ts';
import type { WorkerAnswer, WorkerQuestion } from './analyse-in-worker.ts';

/** The program of the worker thread: one question in, one answer out, end. */
const { samples, sampleRateHz } = workerData as WorkerQuestion;
parentPort?.postMessage(answer(samples, sampleRateHz));

function answer(pcm: Float32Array, rateHz: number): WorkerAnswer {
  try {
    return { analysis: analyseOwnSamples(pcm, rateHz) };
  } catch (thrown) {
    // Only plain values survive the way between threads; the class is put back on the other side.
    if (hasCode(thrown, 'MUSIC_INVALID_AUDIO')) {
      const { message, details } = thrown;
      return { failure: { code: 'MUSIC_INVALID_AUDIO', message, details } };
    }
    const details = { reason: toError(thrown).message };
    return {
      failure: { code: 'MUSIC_ANALYSIS_FAILED', message: 'The song could not be analysed.', details },
    };
  }
}
