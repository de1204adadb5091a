import { join } from 'node:path';
import { type MediaTools, prepareSample, prepareSoundtrack, songSampleKey } from '@bachata-buddy/media';
import { type SongAnalysis, typicalPart } from '@bachata-buddy/music';
import { withScratchDirectory } from '@bachata-buddy/platform';
import { type ObjectStore, putOnce } from '@bachata-buddy/storage';
import { USUAL_SOUND, usualSoundKey } from './usual-sound.ts';

const SAMPLE_LENGTH_SEC = 20;

/** What songs are prepared with. */
export interface SongWorkshop {
  readonly store: ObjectStore;
  readonly tools: MediaTools;
}

export interface SongToPrepare {
  readonly filePath: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly contentHash: string;
  readonly analysis: SongAnalysis;
  /** Where its sample lies, if not beside those of the catalogue. */
  readonly sampleKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @param contentHash SHA-256 of the song's file, hexadecimal */
export async function isSongPrepared(
  { store }: Pick<SongWorkshop, 'store'>,
  contentHash: string,
): Promise<boolean> {
  const keys = preparedKeysOf(contentHash);
  return (await Promise.all(keys.map((key) => store.stat(key)))).every((facts) => facts !== null);
}

/** Where all lies that {@link prepareSong} makes. */
export function preparedKeysOf(contentHash: string): string[] {
  return [usualSoundKey(contentHash), songSampleKey(contentHash)];
}

/**
 * Makes the soundtrack of a whole song, as videos carry it unless a blueprint says otherwise, and a sample of it to
 * listen to, and stores them; what is there already stays.
 *
 * @throws AppError of `prepareSoundtrack`, `prepareSample` and of the store
 */
export async function prepareSong(workshop: SongWorkshop, song: SongToPrepare): Promise<void> {
  const { store, tools } = workshop;
  const { filePath, contentHash, signal } = song;
  const soundKey = usualSoundKey(contentHash);
  if ((await store.stat(soundKey)) !== null) return ensureSample(workshop, song);
  await withScratchDirectory({ purpose: 'prepare-song' }, async (directory) => {
    const outPath = join(directory, 'soundtrack.m4a');
    await prepareSoundtrack({ tools, songPath: filePath, outPath, ...USUAL_SOUND, signal });
    await putSample(workshop, { ...song, soundPath: outPath });
    await putOnce(store, { filePath: outPath, key: soundKey, contentType: 'audio/mp4', signal });
  });
}

/**
 * Makes the sample of a song that was brought in before there were any: of its prepared sound where that is there, for
 * it is as loud as others, else of its file.
 */
export async function ensureSample(workshop: SongWorkshop, song: SongToPrepare): Promise<void> {
  const { store } = workshop;
  const { filePath, contentHash, signal } = song;
  if ((await store.stat(sampleKeyOf(song))) !== null) return;
  const soundKey = usualSoundKey(contentHash);
  if ((await store.stat(soundKey)) === null) return putSample(workshop, { ...song, soundPath: filePath });
  const inPlace = await store.localPath(soundKey);
  if (inPlace !== null) return putSample(workshop, { ...song, soundPath: inPlace });
  await withScratchDirectory({ purpose: 'song-sample' }, async (directory) => {
    const soundPath = join(directory, 'soundtrack.m4a');
    await store.fetchToFile(soundKey, soundPath, { signal });
    await putSample(workshop, { ...song, soundPath });
  });
}

type SoundToSample = Omit<SongToPrepare, 'filePath'> & { readonly soundPath: string };

async function putSample(
  { store, tools }: SongWorkshop,
  { soundPath, ...song }: SoundToSample,
): Promise<void> {
  await withScratchDirectory({ purpose: 'song-sample' }, async (directory) => {
    const filePath = join(directory, 'sample.m4a');
    const { analysis, signal } = song;
    const part = typicalPart(analysis, SAMPLE_LENGTH_SEC);
    await prepareSample({ tools, soundPath, outPath: filePath, ...part, signal });
    await putOnce(store, { filePath, key: sampleKeyOf(song), contentType: 'audio/mp4', signal });
  });
}

function sampleKeyOf({ sampleKey, contentHash }: Pick<SongToPrepare, 'sampleKey' | 'contentHash'>): string {
  return sampleKey ?? songSampleKey(contentHash);
}
