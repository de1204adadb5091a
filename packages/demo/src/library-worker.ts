import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { companionKeys } from '@bachata-buddy/media';
import { AppError, hasCode, toError } from '@bachata-buddy/platform';
import { listMoves } from './dance/move-list.ts';
import { paintPictures } from './drawing/stage.ts';
import { demoError } from './errors.ts';
import { describeFile, writeAtomically } from './library-store.ts';
import type { LibraryWork, WorkerAnswer, WorkerOrder, WorkerSetting } from './library-workers.ts';
import { renderClip } from './render-clip.ts';
import { makeSong } from './songs/index.ts';

const { directory, ffmpegPath, scratchDirectory } = workerData as WorkerSetting;
const port = parentPort;
if (port === null) throw demoError('DEMO_WORKER', 'This module runs in a worker thread only');

const cancelled = new AbortController();
const { signal } = cancelled;
const pictures = paintPictures();
const scratch = await mkdtemp(join(scratchDirectory, 'worker-'));
const stagePath = join(scratch, 'stage.rgba');
await writeFile(stagePath, pictures.stage.data());

function makeClip(moveId: string, clipKey: string, clipPath: string): Promise<void> {
  const entry = listMoves().find((one) => one.moveId === moveId);
  if (entry === undefined)
    throw demoError('DEMO_UNKNOWN_ID', 'There is no such move', { details: { moveId } });
  const { poster, sheet } = companionKeys(clipKey);
  // The clip appears last: where it is, its pictures are.
  return writeAtomically(join(directory, sheet), (sheetPath) =>
    writeAtomically(join(directory, poster), (posterPath) => {
      const files = { clipPath, posterPath, sheetPath, encodedPath: join(scratch, 'encoded.mp4') };
      return renderClip(entry.plan, { ffmpegPath, pictures, stagePath, files, signal });
    }),
  );
}

function makeFile(work: LibraryWork, temporaryPath: string): Promise<void> {
  if (work.kind === 'clip') return makeClip(work.id, work.path, temporaryPath);
  return makeSong(work.id, temporaryPath, { ffmpegPath, signal });
}

async function answer(work: LibraryWork): Promise<WorkerAnswer> {
  const filePath = join(directory, work.path);
  try {
    await writeAtomically(filePath, (temporaryPath) => makeFile(work, temporaryPath));
    return { path: work.path, file: await describeFile(filePath) };
  } catch (thrown) {
    const code = hasCode(thrown, 'DEMO_ENCODE_FAILED', 'DEMO_UNKNOWN_ID') ? thrown.code : 'DEMO_WORKER';
    const details = thrown instanceof AppError ? thrown.details : {};
    // Only plain values cross to the other thread.
    return {
      path: work.path,
      failure: { message: toError(thrown).message, code, details: JSON.parse(JSON.stringify(details)) },
    };
  }
}

let working: Promise<void> = Promise.resolve();

async function close(): Promise<void> {
  cancelled.abort();
  await working;
  port?.close();
}

port.on('message', (order: WorkerOrder) => {
  if (order === 'close') void close();
  else working = answer(order).then((result) => port.postMessage(result));
});
