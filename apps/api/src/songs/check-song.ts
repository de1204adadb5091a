import { findMediaTools, hashRecording, type MediaProbe, probeMedia } from '@bachata-buddy/media';
import { AppError, hashFile } from '@bachata-buddy/platform';
import type { FileVerdict } from '../uploads/read-upload-form.ts';
import { MAX_OWN_SONG_SEC } from './song-limits.ts';

/** Endings by ffmpeg's names of formats; files of no other format are taken. */
const ENDINGS: readonly (readonly [format: RegExp, ending: string])[] = [
  [/^mp3$/, '.mp3'],
  [/\bm4a\b/, '.m4a'],
  [/^wav$/, '.wav'],
  [/^flac$/, '.flac'],
  [/^ogg$/, '.ogg'],
  [/^aac$/, '.aac'],
];

const NO_SONG =
  'Upload a song: an mp3, m4a, wav, flac, ogg or opus file. The file you uploaded was either none or a corrupted one.';
const TOO_LONG = `A song may last ${MAX_OWN_SONG_SEC / 60} minutes.`;

/** What a file that somebody sent is, by its content alone. */
export interface SongFacts {
  /** `.mp3` */
  readonly ending: string;
  readonly durationSec: number;
  readonly tags: Readonly<Record<string, string>>;
  /** SHA-256 of the file, hexadecimal. */
  readonly contentHash: string;
  readonly recordingHash: string;
}

/** Whether a file is a song that may be listened to. @throws AppError where nobody can say */
export async function checkSong(path: string): Promise<FileVerdict<SongFacts>> {
  const tools = await findMediaTools();
  try {
    const probe = await probeMedia(tools, path);
    const ending = endingOf(probe);
    if (ending === undefined || probe.audio === null || probe.video !== null)
      return { isGood: false, text: NO_SONG };
    const durationSec = probe.audio.durationSec;
    if (durationSec > MAX_OWN_SONG_SEC) return { isGood: false, text: TOO_LONG };
    const recordingHash = await hashRecording(tools, { path, probe, of: 'sound' });
    const contentHash = await hashFile(path);
    return { isGood: true, facts: { ending, durationSec, tags: probe.tags, contentHash, recordingHash } };
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.isAboutFile) return { isGood: false, text: NO_SONG };
    throw thrown;
  }
}

function endingOf({ container }: MediaProbe): string | undefined {
  return ENDINGS.find(([format]) => format.test(container))?.[1];
}
