import { createHash } from 'node:crypto';
import { PREPARED_CLIP_PREFIX, PREPARED_SONG_PREFIX } from '@bachata-buddy/vocabulary';
import { MEZZANINE_VERSION } from './format.ts';
import type { PictureSize } from './picture-size.ts';

const ID_CHARACTERS = 32;

export interface PreparedClipIdentity {
  /** SHA-256 of the source file, hexadecimal. */
  readonly contentHash: string;
  readonly size: PictureSize;
  /** As of `keyframeFrames`. */
  readonly keyframeFrames: readonly number[];
}

export interface PreparedClipKeys {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly clip: string;
  readonly poster: string;
  readonly sheet: string;
}

/**
 * The storage keys of a prepared clip. They stand for all that its packets depend on, so an object under them never
 * changes: another source, size, grid of counts or version of the format is another object.
 */
export function preparedClipKeys({
  contentHash,
  size,
  keyframeFrames,
}: PreparedClipIdentity): PreparedClipKeys {
  const id = idOf([contentHash, MEZZANINE_VERSION, [size.width, size.height], keyframeFrames]);
  return { id, ...clipKeysOf(`${PREPARED_CLIP_PREFIX}${id}`) };
}

/** The keys beside that of a prepared clip's own. */
export function companionKeys(clipKey: string): Pick<PreparedClipKeys, 'poster' | 'sheet'> {
  const { poster, sheet } = clipKeysOf(clipKey.replace(/\.mp4$/, ''));
  return { poster, sheet };
}

function clipKeysOf(stem: string): Omit<PreparedClipKeys, 'id'> {
  return { clip: `${stem}.mp4`, poster: `${stem}.jpg`, sheet: `${stem}.sheet.jpg` };
}

export interface PreparedSongIdentity {
  /** SHA-256 of the song's file, hexadecimal. */
  readonly contentHash: string;
  readonly bitsPerSecond: number;
  /** Brought to the common loudness. */
  readonly isNormalised: boolean;
}

/** Raised whenever a song would sound different. */
export const SOUNDTRACK_VERSION = 1;

/** The storage key of a song's whole soundtrack, ready to be copied from. */
export function preparedSongKey({ contentHash, bitsPerSecond, isNormalised }: PreparedSongIdentity): string {
  return `${PREPARED_SONG_PREFIX}${idOf([contentHash, SOUNDTRACK_VERSION, bitsPerSecond, isNormalised])}.m4a`;
}

/** Raised whenever a listening sample would sound different, or be of another part. */
const SAMPLE_VERSION = 1;

/**
 * The storage key of a song's listening sample.
 *
 * @param contentHash SHA-256 of the song's file, hexadecimal
 */
export function songSampleKey(contentHash: string): string {
  return `${PREPARED_SONG_PREFIX}${idOf([contentHash, 'sample', SAMPLE_VERSION])}.sample.m4a`;
}

function idOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, ID_CHARACTERS);
}
