import { basename, join } from 'node:path';
import { describeMove, embedText, type MoveEmbedding } from '@bachata-buddy/choreography';
import { findIngestedMove, retireMovesExcept, upsertMove } from '@bachata-buddy/database';
import {
  DEMO_CLIP_SIZE,
  DEMO_WISHES,
  type DemoLibrary,
  type DemoMove,
  type DemoMoveSpecification,
  type DemoSong,
  makeDemoLibrary,
} from '@bachata-buddy/demo';
import { companionKeys, type PreparedClipKeys } from '@bachata-buddy/media';
import { usageError } from '@bachata-buddy/platform';
import { AUDIO_DIMENSIONS } from '@bachata-buddy/vocabulary';
import { likelyMoveIdsOfWish, moveIdsOfWish, songIdOfWish } from './demo-moves-of-wish.ts';
import type { IngestContext } from './ingest-context.ts';
import type { Outcome } from './ingest-report.ts';
import { type MoveSource, preparedMoveKeys, prepareMove } from './prepare-move.ts';
import { ingestDemoSong } from './song-ingest.ts';

/** How much of the demo library is brought in. */
export interface DemoIngestOptions {
  /** Only what the first so many of the demo's choreographies show; all of it unless told. */
  readonly wishCount?: number | undefined;
}

/** What `--first` was given, as a number. @throws AppError `USAGE` where the demo has not so many choreographies */
export function parseWishCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= DEMO_WISHES.length) return count;
  throw usageError(`--first takes a number from 1 to ${DEMO_WISHES.length}.`);
}

/**
 * Makes the demo library, or what is not there yet, and brings it into the catalogue, each file as soon as it is made.
 * What was made before a run was ended is brought in by the next.
 */
export async function ingestDemo(
  context: IngestContext,
  directory: string,
  { wishCount }: DemoIngestOptions = {},
): Promise<void> {
  const { bring, draw } = makeBringer(context, directory);
  if (wishCount === undefined) {
    const { moves } = await bring();
    await retireMovesExcept(
      context.db,
      'demo',
      moves.map(({ moveId }) => moveId),
    );
    return;
  }
  for (const wish of DEMO_WISHES.slice(0, wishCount)) {
    const moveIds = await likelyMoveIdsOfWish(context, wish, embeddingOf);
    const { songs } = await draw({ songIds: [songIdOfWish(wish)], moveIds });
    const [song] = songs.map(({ path }) => join(directory, path));
    await bring({ moveIds: await moveIdsOfWish(context, wish, song as string, embeddingOf) });
  }
}

/** By their ids, made in that order. */
interface Part {
  readonly songIds?: readonly string[];
  readonly moveIds?: readonly string[];
}

/** Makes a part of the library and brings it into the catalogue; what a run has brought once is left alone. */
function makeBringer(context: IngestContext, directory: string) {
  const brought = new Map<string, Promise<void>>();
  const once = (path: string, work: () => Promise<Outcome>): Promise<void> => {
    const known = brought.get(path);
    if (known !== undefined) return known;
    const bringing = work().then((outcome) => context.report.count(outcome, path));
    brought.set(path, bringing);
    return bringing;
  };
  const bringSong = ({ path }: DemoSong) =>
    once(path, () => ingestDemoSong(context, join(directory, path), basename(path)));
  const bringMove = (move: DemoMove) => once(move.path, () => ingestDemoMove(context, directory, move));
  const make = (only: Part | undefined, bringsMoves: boolean): Promise<DemoLibrary> =>
    makeDemoLibrary({
      directory,
      only,
      ffmpegPath: context.tools.ffmpegPath,
      signal: context.signal,
      onProgress: ({ done, total, what }) => context.report.working(done / total, what),
      onReady: async (file) => {
        if (file.kind === 'song') await bringSong(file.song);
        else if (bringsMoves) await bringMove(file.move);
      },
    });
  return {
    async bring(only?: Part): Promise<DemoLibrary> {
      const library = await make(only, true);
      for (const song of library.songs) await bringSong(song);
      for (const move of library.moves) await bringMove(move);
      return library;
    },
    /** Brings the songs alone: of moves it is not known yet whether they will be shown. */
    async draw(only: Part): Promise<DemoLibrary> {
      const library = await make(only, false);
      for (const song of library.songs) await bringSong(song);
      return library;
    },
  };
}

/** The clips have no sound: their audio part is unknown, not zero loudness. */
function embeddingOf(move: DemoMoveSpecification): MoveEmbedding {
  return {
    pose: move.poseEmbedding,
    audio: new Array<number>(AUDIO_DIMENSIONS).fill(0),
    text: embedText(describeMove(move)),
  };
}

async function ingestDemoMove(context: IngestContext, directory: string, move: DemoMove): Promise<Outcome> {
  const source = { ...move, filePath: join(directory, move.path), contentHash: move.sha256 };
  const keys = isOfDemoSize(context)
    ? preparedMoveKeys(context, source)
    : { clip: move.path, ...companionKeys(move.path) };
  const known = await findIngestedMove(context.db, move.moveId);
  const isStored = known?.contentHash === move.sha256 && (await context.store.stat(keys.clip)) !== null;
  if (!isStored) await storeMove(context, source, keys);
  return upsertMove(context.db, {
    moveId: move.moveId,
    name: move.name,
    label: move.label,
    videoPath: keys.clip,
    preparedPath: isOfDemoSize(context) ? keys.clip : await prepareMove(context, source, signalOf(context)),
    difficulty: move.difficulty,
    energyLevel: move.energyLevel,
    style: move.style,
    durationSec: move.durationSec,
    tempoBpm: move.tempoBpm,
    firstDownbeatSec: move.firstDownbeatSec,
    counts: move.counts,
    beats: move.beats,
    poseKind: 'given',
    poses: move.poses,
    embedding: embeddingOf(move),
    contentHash: move.sha256,
    source: 'demo',
  });
}

/** The demo's clips are drawn in the house format: they lie where prepared ones do. Only another size needs others. */
function isOfDemoSize({ size: { width, height } }: IngestContext): boolean {
  return width === DEMO_CLIP_SIZE.width && height === DEMO_CLIP_SIZE.height;
}

/** The clip last: where it is, its poster and its thumbnail sheet are. */
async function storeMove(
  { store }: IngestContext,
  { filePath }: MoveSource,
  keys: Pick<PreparedClipKeys, 'clip' | 'poster' | 'sheet'>,
): Promise<void> {
  const { poster, sheet } = companionKeys(filePath);
  await store.putFile(poster, keys.poster, { contentType: 'image/jpeg' });
  await store.putFile(sheet, keys.sheet, { contentType: 'image/jpeg' });
  await store.putFile(filePath, keys.clip, { contentType: 'video/mp4' });
}

function signalOf({ signal }: IngestContext) {
  return signal === undefined ? {} : { signal };
}
