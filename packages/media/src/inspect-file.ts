import { type FileHandle, open } from 'node:fs/promises';
import { AppError, hasCode } from '@bachata-buddy/platform';
import { mediaError, unreadable } from './errors.ts';
import { isCutOff } from './is-cut-off.ts';
import { isShortOfRoom } from './machine-fault.ts';
import { MEDIA_LIMITS } from './media-limits.ts';
import { readMovie } from './mp4/read-movie.ts';

const HEAD_BYTES = 12;

interface Container {
  readonly isHead: (head: Buffer) => boolean;
  /** ffmpeg's names of what may read it. */
  readonly formats: readonly string[];
}

const startsWith =
  (text: string, at = 0) =>
  (head: Buffer): boolean =>
    head.toString('latin1', at, at + text.length) === text;

/** Files of songs may begin with tags, and loose MP3 and AAC with rubbish: sound alone is looked for in those. */
const SOUND_ALONE = ['mp3', 'aac', 'flac', 'wav'];

const CONTAINERS: readonly Container[] = [
  { isHead: startsWith('ftyp', 4), formats: ['mov'] },
  { isHead: startsWith('\x1a\x45\xdf\xa3'), formats: ['matroska'] },
  { isHead: (head) => /^(RIFF|RF64|RIFX)$/.test(head.toString('latin1', 0, 4)), formats: ['wav'] },
  { isHead: startsWith('fLaC'), formats: ['flac'] },
  { isHead: startsWith('OggS'), formats: ['ogg'] },
];

/**
 * Looks at a file before any tool does: its size, what it begins with, and of an mp4 file whether its index is whole and
 * claims no more than there is.
 *
 * @returns ffmpeg's names of the formats that it may be opened as
 * @throws AppError `MEDIA_PROBE_FAILED`, `MEDIA_TRUNCATED`; `MEDIA_INTERRUPTED` where this process may open no more files
 */
export async function inspectFile(path: string): Promise<readonly string[]> {
  const { sizeBytes, head } = await readHead(path);
  if (sizeBytes === 0) throw unreadable('it is empty');
  if (sizeBytes > MEDIA_LIMITS.fileBytes) throw unreadable('it is too large');
  const formats = CONTAINERS.find(({ isHead }) => isHead(head))?.formats ?? SOUND_ALONE;
  if (formats.includes('mov')) await inspectIndex(path);
  return formats;
}

async function readHead(path: string): Promise<{ sizeBytes: number; head: Buffer }> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const facts = await file.stat();
    // A pipe, a device or a folder has no end, or no bytes.
    if (!facts.isFile()) throw unreadable('it is not a file');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return { sizeBytes: facts.size, head: buffer.subarray(0, bytesRead) };
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    if (isShortOfRoom(thrown)) {
      throw mediaError('MEDIA_INTERRUPTED', 'Too many files are open to read another', { cause: thrown });
    }
    throw unreadable('it cannot be opened', thrown);
  } finally {
    await file?.close();
  }
}

async function inspectIndex(path: string): Promise<void> {
  const movie = await readMovie(path).catch(async (thrown: unknown) => {
    const isDamaged = hasCode(thrown, 'MEDIA_INDEX_INVALID');
    if (!isDamaged) throw thrown;
    if (!(await isCutOff(path))) throw unreadable('its index is damaged', thrown);
    const message = 'The file is cut off: it ends before what its index promises';
    throw mediaError('MEDIA_TRUNCATED', message, { cause: thrown });
  });
  for (const { handler, samples, timescale } of movie.tracks) {
    if (handler === 'vide' && samples.count > MEDIA_LIMITS.frames)
      throw unreadable('it has too many pictures');
    const ticks = samples.durationTicks.reduce((sum, each) => sum + each, 0);
    if (ticks / timescale > MEDIA_LIMITS.durationSec) throw unreadable('it is too long');
  }
}
