import { join } from 'node:path';
import { makePulseClip, makePulseSong } from '@bachata-buddy/media/testkit';
import { makeProcessDirectory } from '../../system/teardown.ts';

const CLIP_SEC = 2;
/** A longer video goes on without it. */
const SONG_SEC = 10;

export interface MediaLibrary {
  readonly clipPath: string;
  readonly songPath: string;
}

let library: Promise<MediaLibrary> | undefined;

/** A small clip and a song, made once in the life of this process and gone with it. */
export function mediaLibrary(): Promise<MediaLibrary> {
  library ??= makeLibrary();
  return library;
}

async function makeLibrary(): Promise<MediaLibrary> {
  const directory = await makeProcessDirectory();
  const made = { clipPath: join(directory, 'clip.mp4'), songPath: join(directory, 'song.mp3') };
  await makePulseClip(made.clipPath, { durationSec: CLIP_SEC, tempoBpm: null });
  await makePulseSong(made.songPath, { durationSec: SONG_SEC, tempoBpm: 120 });
  return made;
}
