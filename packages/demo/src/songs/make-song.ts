import { demoError } from '../errors.ts';
import { encodeSong } from './encode-song.ts';
import { specificationOf } from './forms.ts';
import { SONG_PLANS } from './song-list.ts';
import type { SongSpecification } from './song-specification.ts';
import { synthesise } from './synthesise.ts';

/** The generated songs and all that is true of them; costs nothing, makes no sound. */
export function describeSongs(): readonly SongSpecification[] {
  return SONG_PLANS.map(specificationOf);
}

/**
 * Plays one of the generated songs and writes it to `filePath` as AAC in MPEG-4 (.m4a), whatever the name's ending.
 * Keeps the calling thread busy for a second or two: call it from a worker.
 *
 * @throws AppError `DEMO_UNKNOWN_ID` for a songId that {@link describeSongs} does not list; `DEMO_ENCODE_FAILED`
 * where ffmpeg does not start, fails, is cancelled by `signal`, or takes more than two minutes.
 */
export async function makeSong(
  songId: string,
  filePath: string,
  { ffmpegPath, signal }: { readonly ffmpegPath: string; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const plan = SONG_PLANS.find((candidate) => candidate.songId === songId);
  if (plan === undefined) {
    throw demoError('DEMO_UNKNOWN_ID', 'There is no such song', { details: { songId } });
  }
  const { title, artist, genre } = specificationOf(plan);
  await encodeSong(synthesise(plan), { ffmpegPath, filePath, tags: { title, artist, genre }, signal });
}
