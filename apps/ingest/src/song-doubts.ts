import type { SongAnalysis } from '@bachata-buddy/music';
import { SURE_RHYTHM } from '@bachata-buddy/vocabulary';

/** Below this tempo confidence a sound is hardly music: speech, noise and tones reach 0.07. */
const MUSIC_MINIMUM = 0.1;

/** What somebody should know of a song that goes into the catalogue all the same: sentences without its name. */
export function doubtsOfSong({ beats, timeSignature, confidence }: SongAnalysis): string[] {
  if (beats.length === 0) return [];
  if (confidence.tempo < MUSIC_MINIMUM) {
    return [`hardly any beat is heard in it (${confidence.tempo.toFixed(2)} of 1); is it a song?`];
  }
  if (timeSignature !== '4/4') return [`it is in ${timeSignature}, not a dance in four`];
  if (confidence.downbeat >= SURE_RHYTHM) return [];
  const remedy = 'pnpm songs set-grid can say';
  return [`which beat is its "1" is not sure (${confidence.downbeat.toFixed(2)} of 1): ${remedy}`];
}
