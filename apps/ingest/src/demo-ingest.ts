import { join } from 'node:path';
import { describeMove, embedText } from '@bachata-buddy/choreography';
import { findIngestedMove, retireMovesExcept, upsertMove } from '@bachata-buddy/database';
import { DEMO_CLIP_SIZE, type DemoLibrary, type DemoMove, makeDemoLibrary } from '@bachata-buddy/demo';
import { companionKeys } from '@bachata-buddy/media';
import type { IngestContext } from './ingest-context.ts';
import { prepareMove } from './prepare-move.ts';
import { ingestSong } from './song-ingest.ts';

const AUDIO_DIMENSIONS = 128;

/** Makes the demo library where it is not there yet and brings it into the catalogue. */
export async function ingestDemo(context: IngestContext, directory: string): Promise<void> {
  const library = await makeDemoLibrary({
    directory,
    ffmpegPath: context.tools.ffmpegPath,
    onProgress: ({ done, total, what }) => context.report.working(done / total, what),
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  });
  for (const song of library.songs) {
    context.report.working(1, song.title);
    context.report.count(
      await ingestSong(context, join(library.directory, song.path), { source: 'demo' }),
      song.path,
    );
  }
  for (const move of library.moves) {
    context.report.count(await ingestDemoMove(context, library, move), move.path);
  }
  await retireMovesExcept(
    context.db,
    'demo',
    library.moves.map((move) => move.moveId),
  );
}

async function ingestDemoMove(
  context: IngestContext,
  library: DemoLibrary,
  move: DemoMove,
): Promise<'added' | 'updated' | 'unchanged'> {
  const known = await findIngestedMove(context.db, move.moveId);
  const isStored = known?.contentHash === move.sha256 && (await context.store.stat(move.path)) !== null;
  if (!isStored) await storeMove(context, library, move);
  return upsertMove(context.db, {
    moveId: move.moveId,
    name: move.name,
    label: move.label,
    videoPath: move.path,
    preparedPath: await preparedDemoMove(context, library, move),
    difficulty: move.difficulty,
    energyLevel: move.energyLevel,
    style: move.style,
    durationSec: move.durationSec,
    tempoBpm: move.tempoBpm,
    firstDownbeatSec: move.firstDownbeatSec,
    counts: move.counts,
    beats: move.beats,
    embedding: {
      pose: move.poseEmbedding,
      // The clips have no sound: their audio part is unknown, not zero loudness.
      audio: new Array<number>(AUDIO_DIMENSIONS).fill(0),
      text: embedText(describeMove(move)),
    },
    contentHash: move.sha256,
    source: 'demo',
  });
}

/** The clip last: where it is, its poster and its thumbnail sheet are. */
async function storeMove(
  { store }: IngestContext,
  { directory }: DemoLibrary,
  { path }: DemoMove,
): Promise<void> {
  const { poster, sheet } = companionKeys(path);
  for (const key of [poster, sheet]) {
    await store.putFile(join(directory, key), key, { contentType: 'image/jpeg' });
  }
  await store.putFile(join(directory, path), path, { contentType: 'video/mp4' });
}

/** The demo's clips are drawn in the house format; only videos of another size need others. */
async function preparedDemoMove(
  context: IngestContext,
  library: DemoLibrary,
  move: DemoMove,
): Promise<string> {
  const { width, height } = context.size;
  if (width === DEMO_CLIP_SIZE.width && height === DEMO_CLIP_SIZE.height) return move.path;
  const source = { ...move, filePath: join(library.directory, move.path), contentHash: move.sha256 };
  const { signal } = context;
  return prepareMove(context, source, signal === undefined ? {} : { signal });
}
