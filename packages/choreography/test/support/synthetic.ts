import type { SectionLabel, SongAnalysis } from '@bachata-buddy/music';
import { DIFFICULTIES, ENERGY_LEVELS, STYLES } from '@bachata-buddy/vocabulary';
import { type ChoreographyRequest, describeMove, embedText, type Move } from '../../src/index.ts';
import { coupleAt } from './couples.ts';

export type Random = () => number;

/** Mulberry32: the same numbers 0..1 for the same seed. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!;
}

export function unitVector(random: Random, length: number): number[] {
  const values = Array.from({ length }, () => random() - 0.5);
  const norm = Math.hypot(...values);
  return values.map((value) => value / norm);
}

export interface SongOptions {
  readonly seed?: number;
  readonly tempoBpm?: number;
  readonly beats?: number;
  readonly firstBeatSec?: number;
  /** Beats in front of the first "1". */
  readonly pickup?: number;
  /** Seconds after the last beat's own interval. */
  readonly tailSec?: number;
  /** Share by which single intervals differ. */
  readonly jitter?: number;
  /** Share by which the tempo changes from first to last beat. */
  readonly drift?: number;
  readonly sections?: readonly {
    readonly label: SectionLabel;
    readonly bars: number;
    readonly energy: number;
  }[];
}

const SONG_FORM = [
  { label: 'intro', bars: 8, energy: 0.3 },
  { label: 'verse', bars: 16, energy: 0.5 },
  { label: 'chorus', bars: 16, energy: 0.8 },
  { label: 'mambo', bars: 9, energy: 1 },
  { label: 'break', bars: 2, energy: 0.2 },
  { label: 'verse', bars: 16, energy: 0.5 },
  { label: 'chorus', bars: 16, energy: 0.9 },
  { label: 'outro', bars: 400, energy: 0.3 },
] as const;

/** A song with known beats; its sections begin on downbeats. */
export function makeAnalysis(options: SongOptions = {}): SongAnalysis {
  const { tempoBpm = 128, beats: count = 256, firstBeatSec = 0.4, pickup = 0 } = options;
  const { tailSec = 0, jitter = 0, drift = 0, sections: form = SONG_FORM } = options;
  const random = makeRandom(options.seed ?? 1);
  const beats: number[] = [];
  let time = firstBeatSec;
  let interval = 60 / tempoBpm;
  for (let index = 0; index < count; index++) {
    beats.push(time);
    interval = (60 / tempoBpm) * (1 + (drift * index) / count) * (1 + jitter * (random() - 0.5));
    time += interval;
  }
  const downbeats = beats.filter((_, index) => index >= pickup && (index - pickup) % 4 === 0);
  const sections = sectionsOf(form, downbeats, time);
  return {
    version: 1,
    durationSec: time + tailSec,
    tempoBpm,
    timeSignature: '4/4',
    beats,
    downbeats,
    eights: sections.flatMap(({ start, end }) =>
      downbeats.filter((time) => time >= start && time < end).filter((_, bar) => bar % 2 === 0),
    ),
    sections,
    energy: { hopSec: 1, values: [] },
    embedding: unitVector(random, 128),
    confidence: { tempo: 1, beat: 1, downbeat: 1, eight: 1 },
  };
}

function sectionsOf(
  form: NonNullable<SongOptions['sections']>,
  downbeats: readonly number[],
  endSec: number,
) {
  const sections: { label: SectionLabel; start: number; end: number; energy: number; confidence: number }[] =
    [];
  let bar = 0;
  for (const { label, bars, energy } of form) {
    const start = downbeats[bar];
    if (start === undefined) break;
    bar += bars;
    sections.push({ label, start, end: downbeats[bar] ?? endSec, energy, confidence: 1 });
  }
  return sections;
}

export function makeMove(overrides: Partial<Move> & { readonly moveId: string }): Move {
  const described = {
    name: overrides.moveId,
    label: 'basic',
    difficulty: 'beginner',
    energyLevel: 'medium',
    style: 'romantic',
    ...overrides,
  } as const;
  const tempoBpm = overrides.tempoBpm ?? 128;
  const counts = overrides.counts ?? 8;
  const firstDownbeatSec = overrides.firstDownbeatSec ?? 0.25;
  return {
    videoPath: `moves/${overrides.moveId}.mp4`,
    tempoBpm,
    counts,
    firstDownbeatSec,
    durationSec: firstDownbeatSec + (counts * 60) / tempoBpm,
    embedding: { pose: [], audio: [], text: embedText(describeMove(described)) },
    ...described,
  };
}

const LABELS = [
  'basic',
  'side',
  'turn',
  'spin',
  'body_wave',
  'hip_roll',
  'footwork',
  'cross_body_lead',
  'dip',
] as const;

/** A library of random moves of all kinds, with `intros` and `outros` among them. */
export function makeMoves(
  seed: number,
  { count = 40, intros = 2, outros = 2, tempi = [118, 124, 128, 132, 138] as readonly number[] } = {},
): Move[] {
  const random = makeRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const label = index < intros ? 'intro' : index < intros + outros ? 'outro' : pick(random, LABELS);
    const moveId = `${label}_${String(index).padStart(3, '0')}`;
    const move = makeMove({
      moveId,
      name: `${label} ${index}`,
      label,
      difficulty: pick(random, DIFFICULTIES),
      energyLevel: pick(random, ENERGY_LEVELS),
      style: pick(random, STYLES),
      tempoBpm: pick(random, tempi),
      counts: pick(random, [8, 8, 8, 16]),
      firstDownbeatSec: random(),
    });
    const spareSec = random() < 0.5 ? 0 : 3 * random();
    const embedding = { ...move.embedding, pose: unitVector(random, 512), audio: unitVector(random, 128) };
    return {
      ...move,
      durationSec: move.durationSec + spareSec,
      embedding,
      poses: somePoses(seed + index, move),
    };
  });
}

/** A couple that stands now here, now there at every fourth count, as far apart as filmed ones do. */
function somePoses(seed: number, { counts }: Move) {
  const random = makeRandom(seed);
  return Array.from({ length: counts / 4 + 1 }, (_, look) => {
    const x = 0.6 + random() / 4;
    return coupleAt(4 * look, [x, x + 0.25 + random() / 10]);
  });
}

export function makeRequest(overrides: Partial<ChoreographyRequest> = {}): ChoreographyRequest {
  return {
    difficulty: 'intermediate',
    energyLevel: 'medium',
    style: 'romantic',
    specialRequirements: [],
    seed: 1,
    ...overrides,
  };
}
