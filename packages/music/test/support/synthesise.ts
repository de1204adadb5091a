/** Audio with known beats, made from decaying tones and noise: the oracle of these tests. */

export const RATE_HZ = 22_050;

export interface SyntheticSong {
  readonly samples: Float32Array;
  readonly beats: readonly number[];
  readonly downbeats: readonly number[];
}

/** Repeatable noise: a linear congruential generator, -1..1. */
export function makeNoise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

interface Stroke {
  readonly atSec: number;
  readonly level: number;
  readonly decaySec: number;
  /** Tones in Hz; none means noise. */
  readonly tonesHz: readonly number[];
}

const tones = new Map<string, Float32Array>();

/** The shape of a stroke at level 1; tones are computed once, noise is always new. */
function strokeShape(rateHz: number, stroke: Stroke, noise: () => number): Float32Array {
  const { tonesHz, decaySec } = stroke;
  const key = `${rateHz}/${decaySec}/${tonesHz.join()}`;
  const known = tones.get(key);
  if (known !== undefined) return known;
  let previous = 0;
  const shape = Float32Array.from({ length: Math.round(decaySec * 5 * rateHz) }, (_, i) => {
    const time = i / rateHz;
    const envelope = Math.exp(-time / decaySec);
    if (tonesHz.length > 0) {
      return (
        (envelope * tonesHz.reduce((sum, hz) => sum + Math.sin(2 * Math.PI * hz * time), 0)) / tonesHz.length
      );
    }
    // The difference of neighbours takes the bass out of the noise, as a scraped güira has none.
    const fresh = noise();
    const difference = fresh - previous;
    previous = fresh;
    return envelope * difference;
  });
  if (tonesHz.length > 0) tones.set(key, shape);
  return shape;
}

function addStroke(samples: Float32Array, rateHz: number, stroke: Stroke, noise: () => number): void {
  const shape = strokeShape(rateHz, stroke, noise);
  const start = Math.round(stroke.atSec * rateHz);
  for (let i = Math.max(0, -start); i < shape.length && start + i < samples.length; i++) {
    samples[start + i]! += stroke.level * shape[i]!;
  }
}

export interface ClickOptions {
  readonly tempoBpm: number;
  readonly durationSec: number;
  readonly firstBeatSec?: number;
  readonly rateHz?: number;
  /** Share by which the beat gets longer over the track, e.g. 0.05. */
  readonly drift?: number;
}

/** One decaying 1.5 kHz tone on every beat. */
export function synthesiseClicks(options: ClickOptions): { samples: Float32Array; beats: number[] } {
  const { tempoBpm, durationSec, firstBeatSec = 0, rateHz = RATE_HZ, drift = 0 } = options;
  const samples = new Float32Array(Math.round(durationSec * rateHz));
  const beats: number[] = [];
  for (
    let at = firstBeatSec;
    at < durationSec - 0.05;
    at += (60 / tempoBpm) * (1 + (drift * at) / durationSec)
  ) {
    beats.push(at);
    addStroke(samples, rateHz, { atSec: at, level: 0.8, decaySec: 0.01, tonesHz: [1500] }, makeNoise(1));
  }
  return { samples, beats };
}

/** What plays in a part of a song. */
export type Part = 'intro' | 'verse' | 'chorus' | 'mambo' | 'break' | 'outro';

export interface BachataOptions {
  readonly tempoBpm: number;
  /** Parts with their lengths in bars. Default: 16 bars of verse. */
  readonly parts?: ReadonlyArray<readonly [Part, number]>;
  readonly firstBeatSec?: number;
  readonly tailSec?: number;
  readonly drift?: number;
  /** Players' scatter: largest deviation in seconds. Default 5 ms. */
  readonly scatterSec?: number;
  /** Loudness of the strums off the beat; those on the beat have 0.12. Default 0.45. */
  readonly strumLevel?: number;
  readonly seed?: number;
}

/**
 * The rhythm of reggaeton in 4/4: a kick on every beat, the snare three sixteenths after every second of them and on the
 * half of the next, bass and chord on the "1", a new chord in every bar.
 */
export function synthesiseDembow({ tempoBpm, bars }: { readonly tempoBpm: number; readonly bars: number }) {
  const beatSec = 60 / tempoBpm;
  const samples = new Float32Array(Math.round((4 * bars * beatSec + 1) * RATE_HZ));
  const noise = makeNoise(11);
  const beats = Array.from({ length: 4 * bars }, (_, i) => 0.5 + i * beatSec);
  const play = (atSec: number, level: number, decaySec: number, tonesHz: readonly number[]) =>
    addStroke(samples, RATE_HZ, { atSec, level, decaySec, tonesHz }, noise);
  for (const [i, beat] of beats.entries()) {
    play(beat, 0.7, 0.08, [60]);
    play(beat + (i % 2 === 0 ? 0.75 : 0.5) * beatSec, 0.5, 0.05, []);
    if (i % 4 > 0) continue;
    const root = CHORD_ROOTS_HZ[(i / 4) % CHORD_ROOTS_HZ.length]!;
    play(beat, 0.4, 0.5, [root]);
    play(beat, 0.3, 0.8, [root * 4, root * 5, root * 6]);
  }
  return { samples, beats };
}

/** A guitar alone in 4/4 that strums the halves between beats far louder than it plucks those; a new chord in each bar. */
export function synthesiseOffBeatGuitar({
  tempoBpm,
  bars,
}: {
  readonly tempoBpm: number;
  readonly bars: number;
}) {
  const beatSec = 60 / tempoBpm;
  const samples = new Float32Array(Math.round((4 * bars * beatSec + 1) * RATE_HZ));
  const noise = makeNoise(5);
  const beats = Array.from({ length: 4 * bars }, (_, i) => 0.5 + i * beatSec);
  const play = (place: number, level: number, decaySec: number, multiples: readonly number[]) => {
    const chord = Math.floor(place / 4) % CHORD_ROOTS_HZ.length;
    const tonesHz = multiples.map((multiple) => multiple * CHORD_ROOTS_HZ[chord]!);
    const atSec = 0.5 + place * beatSec + 0.004 * noise();
    addStroke(samples, RATE_HZ, { atSec, level, decaySec, tonesHz }, noise);
  };
  for (const place of beats.keys()) {
    play(place, 0.2, 0.15, [4, 5, 6, 8]);
    play(place + 0.5, 0.5, 0.08, [4, 5, 6, 8]);
  }
  return { samples, beats };
}

const CHORD_ROOTS_HZ = [55, 73.4, 82.4, 61.7];

/**
 * Bachata in 4/4: bass on 1, 3, 4 (on every beat in a mambo), low bongo on 4, high bongo and güira on the eighths,
 * guitar strums loud off the beat and soft on it, a new chord on every 1; güira in sixteenths in chorus and mambo, no
 * bass in intro and break.
 */
export function synthesiseBachata(
  options: BachataOptions,
): SyntheticSong & { readonly partStarts: number[] } {
  const { tempoBpm, parts = [['verse', 16]], firstBeatSec = 0.4, tailSec = 1, drift = 0 } = options;
  const { scatterSec = 0.005, strumLevel = 0.45, seed = 7 } = options;
  const bars = parts.flatMap(([part, count]) => Array.from({ length: count }, () => part));
  const beats: number[] = [];
  let at = firstBeatSec;
  for (let i = 0; i <= bars.length * 4; i++) {
    beats.push(at);
    at += (60 / tempoBpm) * (1 + (drift * i) / (bars.length * 4));
  }
  const endSec = beats.pop()!;
  const noise = makeNoise(seed);
  const samples = new Float32Array(Math.round((endSec + tailSec) * RATE_HZ));
  const play = (atSec: number, level: number, decaySec: number, tonesHz: readonly number[]) =>
    addStroke(samples, RATE_HZ, { atSec: atSec + scatterSec * noise(), level, decaySec, tonesHz }, noise);
  for (const [i, beatSec] of beats.entries()) {
    const part = bars[Math.floor(i / 4)]!;
    const position = i % 4;
    const period = (beats[i + 1] ?? endSec) - beatSec;
    const root = CHORD_ROOTS_HZ[Math.floor(i / 4) % CHORD_ROOTS_HZ.length]!;
    const full = part !== 'intro' && part !== 'break';
    const loud = part === 'chorus' || part === 'mambo' ? 1.25 : part === 'outro' ? 0.7 : 1;
    if (full && (position !== 1 || part === 'mambo')) play(beatSec, 0.6 * loud, 0.12, [root, root * 2]);
    if (full && position === 3) play(beatSec, 0.4 * loud, 0.06, [210, 330]);
    const chord = [root * 4, root * 5, root * 6, root * 8];
    if (part !== 'break') {
      play(beatSec, 0.12 * loud, 0.1, chord);
      play(beatSec + period / 2, strumLevel * loud, 0.1, chord);
      for (const half of [0, 0.5]) play(beatSec + half * period, 0.15 * loud, 0.02, [620, 980]);
    }
    if (part === 'break' && position === 0) play(beatSec, 0.3, 0.3, chord);
    const scrapes =
      part === 'chorus' || part === 'mambo' ? [0, 0.25, 0.5, 0.75] : part === 'break' ? [] : [0, 0.5];
    for (const step of scrapes) play(beatSec + step * period, (step === 0 ? 0.12 : 0.09) * loud, 0.015, []);
    if (part === 'mambo') {
      for (const step of [0, 0.25, 0.5, 0.75])
        play(beatSec + step * period, 0.25, 0.05, [root * 8 * (1 + step)]);
    }
  }
  const barStarts = beats.filter((_, i) => i % 4 === 0);
  let bar = 0;
  const partStarts = parts.map(([, count]) => {
    bar += count;
    return barStarts[bar - count]!;
  });
  return { samples, beats, downbeats: barStarts, partStarts };
}
