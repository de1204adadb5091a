import { parentPort, workerData } from 'node:worker_threads';
import { hasCode, toError } from '@bachata-buddy/platform';
import { loadMoveNet } from './movenet.ts';
import type { PoseWorkerAnswer, PoseWorkerSetting } from './pose-estimator.ts';

/** The program of the thread: loads the model, then a picture in and an answer out, one after the other. */
const { folder } = workerData as PoseWorkerSetting;
const loading = loadMoveNet(folder);
// Whoever asks is told; nobody may ever ask.
loading.catch(() => undefined);

parentPort?.on('message', (picture: Uint8Array) => {
  void answer(picture).then((said) => parentPort?.postMessage(said));
});

async function answer(picture: Uint8Array): Promise<PoseWorkerAnswer> {
  try {
    const look = await loading;
    return { output: look(picture) };
  } catch (thrown) {
    // Only plain values cross to the other thread.
    const code = hasCode(thrown, 'POSE_MODEL_MISSING', 'POSE_MODEL_DAMAGED')
      ? thrown.code
      : 'POSE_MODEL_FAILED';
    return { failure: { code, message: toError(thrown).message } };
  }
}
