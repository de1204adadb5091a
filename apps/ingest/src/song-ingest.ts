import { canBeDanced } from '@bachata-buddy/choreography';
import { findSongByAudioPath, findSongByContentHash, type Song, upsertSong } from '@bachata-buddy/database';
import { hashRecording, probeMedia } from '@bachata-buddy/media';
import { changeGrid } from '@bachata-buddy/music';
import { usageError } from '@bachata-buddy/platform';
import {
  contentTypeOf,
  isSongPrepared,
  prepareSong,
  SONG_ENDINGS,
  SONG_NAMES,
  wordsOfSong,
} from '@bachata-buddy/songs';
import { SONG_PREFIX } from '@bachata-buddy/vocabulary';
import { ingestError } from './errors.ts';
import { type FoundFile, findFiles } from './files/find-files.ts';
import { hashSource, withCopy } from './files/source-file.ts';
import { analyseSongFile, type IngestContext } from './ingest-context.ts';
import type { Outcome } from './ingest-report.ts';
import { type FindSongPlace, makeFindSongPlace, type SongPlace } from './known-songs.ts';
import { workSideBySide } from './side-by-side.ts';
import { doubtsOfSong } from './song-doubts.ts';
import { makeTurns, type Turn } from './turns.ts';

/**
 * Brings the audio files of a folder, and of the folders inside it, into the catalogue. Title, artist and genre come from
 * the file's tags, the title else from its name; tempo and duration are measured, never believed. Which song a file is
 * says its recording: one that is renamed or tagged anew stays the same song.
 */
export async function ingestSongs(context: IngestContext, directory: string): Promise<void> {
  const { report } = context;
  const { files, problems } = await findFiles(directory, SONG_NAMES).catch((thrown: unknown) => {
    throw usageError(`${directory} is not a folder that can be read.`, thrown);
  });
  for (const { name, reason } of problems) report.count('failed', name, reason);
  if (files.length === 0) {
    report.note(`no file there, or in a folder inside, has a name that ends in ${SONG_ENDINGS.join(', ')}`);
  }
  const turns = makeTurns();
  const findPlace = makeFindSongPlace(context, new Set(files.map(({ name }) => name)));
  await workSideBySide(context, files, {
    nameOf: ({ name }) => name,
    work: (file, { signal }) =>
      ingestFile({ ...context, signal }, { file, source: 'folder', turn: turns.take(), findPlace }),
  });
}

/** Brings in a song of the demo: which song it is says its name. Where it has changed, it takes the place of what it was. */
export function ingestDemoSong(context: IngestContext, filePath: string, name: string): Promise<Outcome> {
  const audioPath = `${SONG_PREFIX}${name}`;
  return ingestFile(context, {
    file: { path: Buffer.from(filePath), name, fileName: name },
    source: 'demo',
    turn: makeTurns().take(),
    findPlace: async () => ({
      same: await findSongByAudioPath(context.db, audioPath),
      audioPath,
      twin: null,
    }),
  });
}

interface SongToIngest {
  readonly file: FoundFile;
  readonly source: 'demo' | 'folder';
  readonly turn: Turn;
  readonly findPlace: FindSongPlace;
}

async function ingestFile(context: IngestContext, song: SongToIngest): Promise<Outcome> {
  const { file, turn } = song;
  const source = { path: file.path, signal: context.signal };
  try {
    const contentHash = await hashSource(source);
    const alike = await findSongByContentHash(context.db, contentHash);
    if (alike?.recordingHash != null) {
      const hashes = { contentHash, recordingHash: alike.recordingHash };
      const place = await findPlace(context, song, hashes);
      if (await isComplete(context, song, place)) return 'unchanged';
      return await withCopy(source, contentHash, (copyPath) =>
        ingestCopy(context, song, { ...hashes, copyPath, place }),
      );
    }
    return await withCopy(source, contentHash, async (copyPath) => {
      const hashes = { contentHash, recordingHash: await hashSong(context, copyPath) };
      const place = await findPlace(context, song, hashes);
      return ingestCopy(context, song, { ...hashes, copyPath, place });
    });
  } finally {
    turn.leave();
  }
}

async function hashSong({ tools, signal }: IngestContext, path: string): Promise<string> {
  const probe = await probeMedia(tools, path, { signal });
  if (probe.audio === null) throw ingestError('INGEST_SONG', 'it holds no sound');
  return hashRecording(tools, { path, probe, of: 'sound', signal });
}

/** Says where the file is a copy, or a song under another name. */
async function findPlace(
  { report }: IngestContext,
  { file, turn, findPlace }: SongToIngest,
  hashes: { readonly contentHash: string; readonly recordingHash: string },
): Promise<SongPlace> {
  const place = await turn.inTurn(() => findPlace(file, hashes));
  const { same, twin } = place;
  if (twin !== null) report.note(`${file.name}: the same recording as ${twin}`);
  else if (same?.fileName != null && same.fileName !== file.name) {
    report.note(`${file.name}: the same recording as ${same.fileName}, whose song it is now`);
  }
  return place;
}

/** Nothing is left to do. */
async function isComplete(
  context: IngestContext,
  { file }: SongToIngest,
  { same }: SongPlace,
): Promise<boolean> {
  if (same?.contentHash == null || same.recordingHash === null || same.fileName !== file.name) return false;
  const isStored = (await context.store.stat(same.audioPath)) !== null;
  return isStored && (await isSongPrepared(context, same.contentHash));
}

/** A copy of the file, which stays as it is. */
interface SongCopy {
  readonly copyPath: string;
  /** Of its bytes. */
  readonly contentHash: string;
  readonly recordingHash: string;
  readonly place: SongPlace;
}

/** Measured and stored where it was not before, in the catalogue. */
async function ingestCopy(
  context: IngestContext,
  { file, source }: SongToIngest,
  copy: SongCopy,
): Promise<Outcome> {
  const { db, tools, store, signal } = context;
  const { audioPath, same } = copy.place;
  const probe = await probeMedia(tools, copy.copyPath, { signal });
  const isKept = same !== null && isRecording(same, copy) && (await store.stat(audioPath)) !== null;
  const measured = isKept ? await keepSong(context, same, copy) : await storeSong(context, file, copy);
  const { outcome } = await upsertSong(db, {
    ...wordsOfSong(probe.tags, file.fileName),
    ...measured,
    audioPath,
    recordingHash: copy.recordingHash,
    fileName: file.name,
    source,
  });
  return outcome;
}

/** Of a demo song the name alone is sure. */
function isRecording(song: Song, { contentHash, recordingHash }: SongCopy): boolean {
  return (
    song.contentHash !== null && (song.recordingHash === recordingHash || song.contentHash === contentHash)
  );
}

type MeasuredSong = Pick<Song, 'contentHash' | 'durationSec' | 'bpm' | 'tempoBpm'>;

/** What is stored and was measured of the recording stays, whatever tags the file has now. */
async function keepSong(context: IngestContext, song: Song, { copyPath }: SongCopy): Promise<MeasuredSong> {
  const { contentHash, durationSec, bpm, tempoBpm } = song;
  if (contentHash !== null && !(await isSongPrepared(context, contentHash))) {
    const analysis = await analyseSongFile(context, copyPath, contentHash);
    await prepareSong(context, { filePath: copyPath, contentHash, analysis, signal: context.signal });
  }
  return { contentHash, durationSec, bpm, tempoBpm };
}

async function storeSong(context: IngestContext, file: FoundFile, copy: SongCopy): Promise<MeasuredSong> {
  const { store, report, signal } = context;
  const { copyPath, contentHash, place } = copy;
  const analysis = await analyseSongFile(context, copyPath, contentHash);
  if (analysis.beats.length === 0) {
    throw ingestError('INGEST_SONG', 'no beat could be found in it (silent, or too short)');
  }
  if (!canBeDanced(analysis)) throw ingestError('INGEST_SONG', 'it is too short to be danced to');
  const { same } = place;
  const heard = changeGrid(analysis, same !== null && isRecording(same, copy) ? same.gridChange : null);
  for (const doubt of doubtsOfSong(heard)) report.note(`${file.name}: ${doubt}`);
  await prepareSong(context, { filePath: copyPath, contentHash, analysis, signal });
  const contentType = contentTypeOf(file.fileName);
  await store.putFile(copyPath, place.audioPath, { contentType, takesOver: true, signal });
  const { durationSec, tempoBpm } = heard;
  return { contentHash, durationSec, bpm: Math.round(tempoBpm), tempoBpm };
}
