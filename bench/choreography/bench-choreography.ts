import {
  buildMoveLibrary,
  type ChoreographyRequest,
  type Move,
  type MoveLibrary,
  type PlannedMove,
  planChoreography,
} from '@bachata-buddy/choreography';
import { findMediaTools } from '@bachata-buddy/media';
import type { SongAnalysis } from '@bachata-buddy/music';
import { DIFFICULTIES, type Difficulty, ENERGY_LEVELS, STYLES } from '@bachata-buddy/vocabulary';
import { demoMoves } from '../demo-moves.ts';
import { mean } from '../mean.ts';
import { cpuSecOf } from '../measure-command.ts';
import { analyse } from '../music/trackers.ts';
import { demoSongs } from '../music/truth.ts';
import { danceAtRandom } from './at-random.ts';
import { type DanceFigures, figuresOf } from './figures.ts';
import { goodDesigner } from './good-designer.ts';
import { realMoves } from './real-moves.ts';

const SEEDS = [1, 2];
/** Outside, in the middle of and beyond what the demo's clips are danced at. */
const TEMPI_BPM = [107, 128, 152];
const SENTENCES = [
  'start with a basic, then a right turn, then hammerlock, finish with a dip',
  'exactly 3 turns and lots of body waves, no lifts',
  'only basics and side steps',
  'empieza con un paso básico, luego dos vueltas, termina con una onda corporal',
];

export interface ChoreographyBenchOptions {
  readonly isJson: boolean;
  readonly say: (line: string) => void;
}

interface Song {
  readonly name: string;
  readonly analysis: SongAnalysis;
}

/** How good the dances are, over songs, levels, energies, styles and seeds, beside chance in the same places. */
export async function benchChoreography({ isJson, say }: ChoreographyBenchOptions): Promise<void> {
  const songs = await hearSongs();
  const moves = demoMoves();
  const library = await buildMoveLibrary(moves);
  const demo = {
    ...(await danceAll(songs, { moves, library }, DIFFICULTIES)),
    wishes: await wishesMet(songs, library),
    seedsDiffer: await seedsDiffer(songs, library),
    distinctByTempo: await distinctByTempo(songs, library),
  };
  const filmed = await realMoves();
  const real = typeof filmed === 'string' ? filmed : await danceReal(songs, filmed);
  if (isJson) say(JSON.stringify({ demo, real }, null, 2));
  else for (const line of [...linesOf(demo), ...linesOfReal(real)]) say(line);
}

/** Real clips for beginners are too few to say anything. */
async function danceReal(songs: readonly Song[], moves: readonly Move[]): Promise<GridFigures> {
  return danceAll(songs, { moves, library: await buildMoveLibrary(moves) }, DIFFICULTIES.slice(1));
}

interface Stock {
  readonly moves: readonly Move[];
  readonly library: MoveLibrary;
}

async function danceAll(
  songs: readonly Song[],
  { moves, library }: Stock,
  levels: readonly Difficulty[],
): Promise<GridFigures> {
  const ours: DanceFigures[] = [];
  const designed: DanceFigures[] = [];
  const chance: DanceFigures[] = [];
  let cpuSec = 0;
  for (const { analysis } of songs) {
    for (const request of requests(levels)) {
      const { result, cpuSec: spent } = await cpuSecOf(() =>
        planChoreography({ analysis, library, request }),
      );
      cpuSec += spent;
      const dance = { ...result, analysis, request, library: byId(moves), lookOf: library.lookOf };
      ours.push(figuresOf(dance));
      const proposed = await planChoreography({ analysis, library, request, language: goodDesigner });
      designed.push(figuresOf({ ...dance, ...proposed }));
      chance.push(figuresOf({ ...dance, moves: danceAtRandom(dance.moves, moves, request) }));
    }
  }
  return {
    dances: ours.length,
    cpuMsPerPlan: (1_000 * cpuSec) / ours.length,
    ours: meansOf(ours),
    designed: meansOf(designed),
    chance: meansOf(chance),
  };
}

async function hearSongs(): Promise<Song[]> {
  const tools = await findMediaTools();
  const { songs } = await demoSongs(tools);
  const heard: Song[] = [];
  for (const { name, path } of songs) {
    heard.push({ name, analysis: await analyse(tools, path) });
  }
  return heard;
}

const byId = (moves: readonly Move[]) => new Map(moves.map((move) => [move.moveId, move]));

function requests(levels: readonly Difficulty[]): ChoreographyRequest[] {
  return levels.flatMap((difficulty) =>
    ENERGY_LEVELS.flatMap((energyLevel) =>
      STYLES.flatMap((style) =>
        SEEDS.map((seed) => ({ difficulty, energyLevel, style, specialRequirements: [], seed })),
      ),
    ),
  );
}

function ask(query: string, seed: number): ChoreographyRequest {
  return {
    ...{ difficulty: 'advanced', energyLevel: 'medium', style: 'modern' },
    ...{ specialRequirements: [], query, seed },
  };
}

async function wishesMet(songs: readonly Song[], library: MoveLibrary): Promise<{ met: number; of: number }> {
  let met = 0;
  let of = 0;
  for (const { analysis } of songs) {
    for (const query of SENTENCES) {
      for (const seed of SEEDS) {
        const { openWishes } = await planChoreography({ analysis, library, request: ask(query, seed) });
        of += 1;
        met += openWishes.length === 0 ? 1 : 0;
      }
    }
  }
  return { met, of };
}

/** The share of places at which another seed puts another move. */
async function seedsDiffer(songs: readonly Song[], library: MoveLibrary): Promise<number> {
  const shares: number[] = [];
  for (const { analysis } of songs) {
    const [first, second] = await Promise.all(
      SEEDS.map((seed) => planChoreography({ analysis, library, request: ask('', seed) })),
    );
    const at = new Map(second?.moves.map((move: PlannedMove) => [move.startSec, move.moveId]));
    const moves = first?.moves ?? [];
    shares.push(moves.filter(({ startSec, moveId }) => at.get(startSec) !== moveId).length / moves.length);
  }
  return mean(shares);
}

/** Different moves of a dance to the songs, played faster or slower. */
async function distinctByTempo(
  songs: readonly Song[],
  library: MoveLibrary,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const tempoBpm of TEMPI_BPM) {
    const sizes: number[] = [];
    for (const { analysis } of songs) {
      const plan = await planChoreography({
        analysis: atTempo(analysis, tempoBpm),
        library,
        request: ask('', 1),
      });
      sizes.push(new Set(plan.moves.map(({ moveId }) => moveId)).size);
    }
    counts[`${tempoBpm}`] = mean(sizes);
  }
  return counts;
}

function atTempo(analysis: SongAnalysis, tempoBpm: number): SongAnalysis {
  const factor = analysis.tempoBpm / tempoBpm;
  const later = (times: readonly number[]) => times.map((time) => time * factor);
  return {
    ...analysis,
    tempoBpm,
    durationSec: analysis.durationSec * factor,
    beats: later(analysis.beats),
    downbeats: later(analysis.downbeats),
    eights: later(analysis.eights),
    sections: analysis.sections.map((section) => ({
      ...section,
      start: section.start * factor,
      end: section.end * factor,
    })),
  };
}

type Means = Readonly<Record<keyof DanceFigures, number>>;

function meansOf(figures: readonly DanceFigures[]): Means {
  const keys = Object.keys(figures[0] ?? {}) as (keyof DanceFigures)[];
  return Object.fromEntries(
    keys.map((key) => [key, mean(figures.map((one) => one[key]).filter((value) => value !== null))]),
  ) as Means;
}

/** Of one library's dances over the whole grid. */
interface GridFigures {
  readonly dances: number;
  readonly cpuMsPerPlan: number;
  readonly ours: Means;
  /** With a language model that proposes what one would wish for. */
  readonly designed: Means;
  readonly chance: Means;
}

interface DemoFigures extends GridFigures {
  readonly wishes: { readonly met: number; readonly of: number };
  readonly seedsDiffer: number;
  readonly distinctByTempo: Readonly<Record<string, number>>;
}

function linesOf({ wishes, seedsDiffer: differ, distinctByTempo: distinct, ...grid }: DemoFigures): string[] {
  const tempi = Object.entries(distinct).map(([bpm, count]) => `${count.toFixed(1)} at ${bpm}`);
  return [
    ...linesOfGrid("of the demo's moves to its songs", grid),
    `  all wishes met in ${wishes.met} of ${wishes.of} dances of sentences`,
    `  another seed changes ${(100 * differ).toFixed(0)} % of the moves`,
    `  different moves: ${tempi.join(', ')} BPM`,
  ];
}

function linesOfReal(real: GridFigures | string): string[] {
  if (typeof real === 'string') return [`choreography: no dances of real clips: ${real}`];
  return linesOfGrid('of real clips, for intermediates and above', real);
}

function linesOfGrid(what: string, { dances, cpuMsPerPlan, ours, designed, chance }: GridFigures): string[] {
  const cell = (text: string) => ` ${text.padStart(8)}`;
  const figure = (value: number) => cell(Number.isNaN(value) ? '-' : value.toFixed(3));
  return [
    `choreography: ${dances} dances ${what}, ${cpuMsPerPlan.toFixed(0)} ms of CPU each`,
    `  ${'mean of a dance'.padEnd(18)}${['ours', 'designed', 'chance'].map(cell).join('')}`,
    ...(Object.keys(ours) as (keyof DanceFigures)[]).map(
      (key) => `  ${key.padEnd(18)}${[ours, designed, chance].map((one) => figure(one[key])).join('')}`,
    ),
  ];
}
