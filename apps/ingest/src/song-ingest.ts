import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { findSongByAudioPath, upsertSong } from '@bachata-buddy/database';
import { probeMedia } from '@bachata-buddy/media';
import { changeGrid } from '@bachata-buddy/music';
import { hashFile, usageError } from '@bachata-buddy/platform';
import { SONG_PREFIX } from '@bachata-buddy/vocabulary';
import { ingestError } from './errors.ts';
import { analyseSongFile, type IngestContext } from './ingest-context.ts';
import { isSongPrepared, prepareSong } from './prepare-song.ts';
import { workSideBySide } from './side-by-side.ts';
import { doubtsOfSong } from './song-doubts.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.aac': 'audio/aac',
  '.wav': 'audio/wav',
  '.flac': 'audio/flac',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
};
const UNKNOWN_ARTIST = 'Unknown artist';

/**
 * Brings the audio files of a folder (not of folders inside it) into the catalogue. Title, artist and genre
 * come from the file's tags, the title else from its name; tempo and duration are measured, never believed.
 */
export async function ingestSongs(context: IngestContext, directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => {
    throw usageError(`${directory} is not a folder that can be read.`);
  });
  const files = names.filter((name) => CONTENT_TYPES[extname(name).toLowerCase()] !== undefined).sort();
  await workSideBySide(context, files, {
    nameOf: (name) => name,
    work: (name, { signal }) =>
      ingestSong({ ...context, signal }, join(directory, name), { source: 'folder' }),
  });
}

/** One song file: probed, analysed, prepared for videos, stored, in the catalogue. */
export async function ingestSong(
  context: IngestContext,
  filePath: string,
  { source }: { source: 'demo' | 'folder' },
): Promise<'added' | 'updated' | 'unchanged'> {
  const facts = await stat(filePath);
  if (!facts.isFile()) throw ingestError('INGEST_SONG', 'it is not a file');
  if (facts.size === 0) throw ingestError('INGEST_SONG', 'the file is empty');
  const name = basename(filePath);
  const key = `${SONG_PREFIX}${name}`;
  const contentHash = await hashFile(filePath);
  const known = await findSongByAudioPath(context.db, key);
  const isKnown = known?.contentHash === contentHash && (await context.store.stat(key)) !== null;
  if (isKnown && (await isSongPrepared(context, contentHash))) return 'unchanged';
  const probe = await probeMedia(context.tools, filePath);
  if (probe.audio === null) throw ingestError('INGEST_SONG', 'it holds no sound');
  const analysis = await analyseSongFile(context, filePath, contentHash);
  if (analysis.beats.length === 0) {
    throw ingestError('INGEST_SONG', 'no beat could be found in it (silent, or too short)');
  }
  const heard = changeGrid(analysis, known?.contentHash === contentHash ? known.gridChange : null);
  for (const doubt of doubtsOfSong(heard)) context.report.note(`${name}: ${doubt}`);
  await prepareSong(context, { filePath, contentHash, signal: context.signal });
  await context.store.putFile(filePath, key, {
    contentType: CONTENT_TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream',
  });
  const { outcome } = await upsertSong(context.db, {
    title: tag(probe.tags, 'title', 200) ?? titleOf(name),
    artist: tag(probe.tags, 'artist', 200) ?? UNKNOWN_ARTIST,
    genre: tag(probe.tags, 'genre', 50),
    durationSec: analysis.durationSec,
    bpm: Math.round(heard.tempoBpm),
    tempoBpm: heard.tempoBpm,
    audioPath: key,
    contentHash,
    source,
  });
  return outcome;
}

function tag(tags: Readonly<Record<string, string>>, name: string, maxLength: number): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: PostgreSQL refuses NUL, and a tag may hold anything
  const text = tags[name]?.replace(/[\u0000-\u001f]+/g, ' ').trim() ?? '';
  return text === '' ? null : text.slice(0, maxLength);
}

/** `eso_es-amor.mp3` to `Eso es amor`. */
function titleOf(fileName: string): string {
  const words = basename(fileName, extname(fileName)).replace(/[_-]+/g, ' ').replace(/\s+/g, ' ').trim();
  return (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, 200) || 'Untitled';
}
