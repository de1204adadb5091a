import { makeRandom, type Random } from '../random.ts';
import { beatSecOf, finalBeatSec, layOutBars, SONG_SAMPLE_RATE_HZ, sampleCountOf } from './forms.ts';
import { tonicChord, voicing } from './harmony.ts';
import { bassBar, bassNote } from './patterns/bass.ts';
import { bongoBar } from './patterns/bongo.ts';
import { guiraBar } from './patterns/guira.ts';
import { padBar } from './patterns/pad.ts';
import { requintoBar } from './patterns/requinto.ts';
import { segundaBar, strum } from './patterns/segunda.ts';
import type {
  BongoStroke,
  GuiraStroke,
  PatternNote,
  PatternStroke,
  PitchedPartName,
  Score,
  ScoreNote,
  ScoreStroke,
} from './score.ts';
import type { SongPlan } from './song-plan.ts';
import type { SongSectionLabel } from './song-specification.ts';

/** How far a hand may be from its place; the bass and the bongo hold the beat exactly. */
const LOOSENESS_SEC: Readonly<Record<PitchedPartName | 'bongo' | 'guira', number>> = {
  requinto: 0.004,
  segunda: 0.004,
  bass: 0,
  pad: 0,
  bongo: 0,
  guira: 0.002,
};

const VELOCITY_SPREAD = 0.08;

/** How hard the band plays. */
const INTENSITY: Readonly<Record<SongSectionLabel, number>> = {
  intro: 0.65,
  verse: 0.8,
  chorus: 0.95,
  mambo: 1,
  break: 0.65,
  outro: 0.8,
};

interface Player {
  readonly random: Random;
  readonly eighthSec: number;
  readonly barStartSec: number;
  readonly intensity: number;
}

/** Writes out what every player plays from the first bar to the final chord. The same plan gives the same score. */
export function arrange(plan: SongPlan): Score {
  const random = makeRandom(plan.randomStart);
  const pitched: Record<PitchedPartName, ScoreNote[]> = { requinto: [], segunda: [], bass: [], pad: [] };
  const bongo: ScoreStroke<BongoStroke>[] = [];
  const guira: ScoreStroke<GuiraStroke>[] = [];
  const eighthSec = beatSecOf(plan) / 2;
  for (const bar of layOutBars(plan)) {
    const player = { random, eighthSec, barStartSec: bar.startSec, intensity: INTENSITY[bar.section] };
    pitched.requinto.push(...playNotes('requinto', requintoBar(bar, plan.key, random), player));
    pitched.segunda.push(...playNotes('segunda', segundaBar(bar), player));
    pitched.bass.push(...playNotes('bass', bassBar(bar), player));
    pitched.pad.push(...playNotes('pad', padBar(bar), player));
    bongo.push(...playStrokes('bongo', bongoBar(bar), player));
    guira.push(...playStrokes('guira', guiraBar(bar), player));
  }
  const player = { random, eighthSec, barStartSec: finalBeatSec(plan), intensity: 0.9 };
  const ending = finalChord(plan, eighthSec);
  for (const part of ['requinto', 'segunda', 'bass', 'pad'] as const) {
    pitched[part].push(...playNotes(part, ending[part], player));
  }
  bongo.push(
    ...playStrokes<BongoStroke>('bongo', [{ eighth: 0, stroke: 'hembraOpen', velocity: 1 }], player),
  );
  guira.push(...playStrokes<GuiraStroke>('guira', [{ eighth: 0, stroke: 'long', velocity: 0.8 }], player));
  return { pitched, bongo, guira };
}

function playNotes(part: PitchedPartName, notes: readonly PatternNote[], player: Player): ScoreNote[] {
  return notes.map((note) => ({
    startSec: startOf(part, note.eighth, player) + (note.delaySec ?? 0),
    durationSec: note.lengthEighths * player.eighthSec,
    pitch: note.pitch,
    velocity: velocityOf(note.velocity, player),
  }));
}

function playStrokes<Stroke>(
  part: 'bongo' | 'guira',
  strokes: readonly PatternStroke<Stroke>[],
  player: Player,
): ScoreStroke<Stroke>[] {
  return strokes.map(({ eighth, stroke, velocity }) => ({
    startSec: startOf(part, eighth, player),
    stroke,
    velocity: velocityOf(velocity, player),
  }));
}

function startOf(part: keyof typeof LOOSENESS_SEC, eighth: number, player: Player): number {
  const place = player.barStartSec + eighth * player.eighthSec;
  return Math.max(0, place + (2 * player.random() - 1) * LOOSENESS_SEC[part]);
}

function velocityOf(written: number, player: Player): number {
  return Math.min(1, written * player.intensity * (1 + (2 * player.random() - 1) * VELOCITY_SPREAD));
}

/** The tonic in every register, ringing until the recording ends. */
function finalChord(plan: SongPlan, eighthSec: number): Record<PitchedPartName, PatternNote[]> {
  const chord = tonicChord(plan.key);
  const ringingSec = sampleCountOf(plan) / SONG_SAMPLE_RATE_HZ - finalBeatSec(plan);
  const length = ringingSec / eighthSec;
  return {
    requinto: strum(voicing(chord, plan.key.tonic + 12, 3), 0, length, 0.7),
    segunda: strum(voicing(chord, plan.key.tonic - 5, 5), 0, length, 0.75),
    bass: [{ eighth: 0, lengthEighths: length * 0.8, pitch: bassNote(chord), velocity: 1 }],
    pad: voicing(chord, 57, 3).map((pitch) => ({
      eighth: 0,
      lengthEighths: length * 0.7,
      pitch,
      velocity: 0.7,
    })),
  };
}
