import { makeRandom, type Random } from '../random.ts';
import { arrange } from './arrange.ts';
import { SONG_SAMPLE_RATE_HZ, sampleCountOf } from './forms.ts';
import { frequencyOfPitch } from './harmony.ts';
import { playBass } from './instruments/bass-string.ts';
import { strikeBongo } from './instruments/hand-drum.ts';
import { playPad } from './instruments/pad.ts';
import { pluckString } from './instruments/plucked-string.ts';
import { scrapeGuira } from './instruments/scraper.ts';
import { makeMixDesk, type StereoSound } from './mix.ts';
import { PITCHED_PARTS, type PitchedPartName, type Score, type ScoreNote } from './score.ts';
import type { SongPlan } from './song-plan.ts';

const sampleRateHz = SONG_SAMPLE_RATE_HZ;
/** A lead note rings into the next one; a strummed chord is damped on time. */
const RING_ON_SEC: Readonly<Record<PitchedPartName, number>> = {
  requinto: 0.12,
  segunda: 0,
  bass: 0,
  pad: 0,
};

/**
 * Plays a whole song: the same plan gives the same samples.
 *
 * @returns Float32Array [n] left and right at 44.1 kHz, n a multiple of 1,024, within -0.67 to 0.67.
 * Cost: about 1.5 s of one core and 120 MB for two minutes of music.
 */
export function synthesise(plan: SongPlan): StereoSound {
  const score = arrange(plan);
  const desk = makeMixDesk(sampleCountOf(plan), plan.levelsDb);
  for (const part of [...PITCHED_PARTS, 'bongo', 'guira'] as const) {
    desk.add(part, playPart(part, score, plan));
  }
  return desk.finish();
}

function playPart(part: PitchedPartName | 'bongo' | 'guira', score: Score, plan: SongPlan): Float32Array {
  const track = new Float32Array(sampleCountOf(plan));
  const random = makeRandom(plan.randomStart + 7919);
  const hands = { sampleRateHz, random };
  if (part === 'bongo') {
    for (const { startSec, stroke, velocity } of score.bongo) {
      place(track, startSec, strikeBongo(stroke, { ...hands, velocity }));
    }
  } else if (part === 'guira') {
    for (const { startSec, stroke, velocity } of score.guira) {
      place(track, startSec, scrapeGuira(stroke, { ...hands, velocity }));
    }
  } else {
    for (const note of score.pitched[part]) place(track, note.startSec, playNote(part, note, random));
  }
  return track;
}

function playNote(part: PitchedPartName, note: ScoreNote, random: Random): Float32Array {
  const { velocity } = note;
  const frequencyHz = frequencyOfPitch(note.pitch);
  const durationSec = note.durationSec + RING_ON_SEC[part];
  const sound = { sampleRateHz, frequencyHz, durationSec, velocity };
  switch (part) {
    case 'bass':
      return playBass(sound);
    case 'pad':
      return playPad(sound);
    case 'requinto':
      return pluckString({ ...sound, brightness: 0.82, decaySec: 3, pickPosition: 0.17, random });
    case 'segunda':
      return pluckString({ ...sound, brightness: 0.5, decaySec: 2.2, pickPosition: 0.27, random });
  }
}

function place(track: Float32Array, startSec: number, sound: Float32Array): void {
  const from = Math.round(startSec * sampleRateHz);
  const count = Math.min(sound.length, track.length - from);
  for (let index = 0; index < count; index += 1) track[from + index]! += sound[index]!;
}
