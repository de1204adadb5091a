import { parentPort, workerData } from 'node:worker_threads';
import { hasCode, toError } from '@bachata-buddy/platform';
import { analysePacked } from './analyse.ts';
import type { WorkerAnswer } from './analyse-in-worker.ts';
import type { PackedSound } from './packed-sound.ts';

/** The program of the worker thread: one song in, one answer out, end. */
parentPort?.postMessage(answer(workerData as PackedSound));

function answer(packed: PackedSound): WorkerAnswer {
  try {
    return { analysis: analysePacked(packed) };
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
