import { join } from 'node:path';
import { describeMove, embedText } from '@bachata-buddy/choreography';
import { retireMovesExcept, upsertMove } from '@bachata-buddy/database';
import { type DemoLibrary, type DemoMove, makeDemoLibrary } from '@bachata-buddy/demo';
import type { IngestContext } from './ingest-context.ts';
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
  const outcome = await upsertMove(context.db, {
    moveId: move.moveId,
    name: move.name,
    label: move.label,
    videoPath: move.path,
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
  const isStored = outcome === 'unchanged' && (await context.store.stat(move.path)) !== null;
  if (!isStored) {
    await context.store.putFile(join(library.directory, move.path), move.path, { contentType: 'video/mp4' });
  }
  return outcome;
}
