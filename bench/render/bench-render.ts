import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMediaTools, type MediaTools, type PictureSize, runFfmpeg } from '@bachata-buddy/media';
import { type Command, type CommandUsage, measureCommand } from '../measure-command.ts';
import { median } from '../median.ts';
import { type BenchFootage, findFootage, makeLongSong } from './footage.ts';
import { buildOurs, type OurPrograms, ourJob, ourRender, startOfOurs } from './ours.ts';
import { clipByClip, copyLimit, type PeerOptions, singleGraph } from './peers.ts';
import { type Joins, makeWorkload, type Workload } from './workload.ts';

const HD: PictureSize = { width: 1_280, height: 720 };
const FULL_HD: PictureSize = { width: 1_920, height: 1_080 };
const MOVES = 29;
const LENGTHS = [10, 29, 100, 300];

/** One measured way of making one video. */
export interface Row extends CommandUsage {
  readonly group: string;
  readonly name: string;
  /** CPU seconds as a multiple of the copy limit's of the same group. */
  readonly timesLimit: number;
}

export interface RenderBenchOptions {
  readonly rounds: number;
  /** Without the slow peers, other sizes and lengths. */
  readonly isQuick: boolean;
  readonly say: (line: string) => void;
}

export interface RenderBenchResult {
  readonly footage: BenchFootage['kind'];
  readonly ffmpegVersion: string;
  /** CPU seconds of the built `pnpm render --help`, which are part of every row of ours. */
  readonly startCpuSec: number;
  readonly rows: readonly Row[];
}

/** What rendering costs, beside what copying costs and what others would, in one run. */
export async function benchRender({ rounds, isQuick, say }: RenderBenchOptions): Promise<RenderBenchResult> {
  const tools = await findMediaTools();
  const directory = await mkdtemp(join(tmpdir(), 'bachata-bench-'));
  try {
    const footage = await findFootage(tools, HD);
    const programs = await buildOurs(join(directory, 'programs'));
    const startCpuSec = (await repeat(rounds, () => measureCommand(startOfOurs(programs)))).cpuSec;
    const bench = { tools, programs, directory, rounds, say };
    const rows = [...(await benchSize({ ...bench, footage, size: HD, isQuick }))];
    if (!isQuick) {
      const fullHd = await findFootage(tools, FULL_HD);
      rows.push(...(await benchSize({ ...bench, footage: fullHd, size: FULL_HD, isQuick: true })));
      for (const moveCount of LENGTHS) rows.push(...(await benchLength({ ...bench, footage, moveCount })));
    }
    return { footage: footage.kind, ffmpegVersion: tools.ffmpegVersion, startCpuSec, rows };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

interface BenchOptions {
  readonly tools: MediaTools;
  readonly programs: OurPrograms;
  readonly directory: string;
  readonly rounds: number;
  readonly say: (line: string) => void;
  readonly footage: BenchFootage;
}

/** Every way of making one dance at one size. */
async function benchSize(
  options: BenchOptions & { readonly size: PictureSize; readonly isQuick: boolean },
): Promise<Row[]> {
  const { footage, size, isQuick } = options;
  const workload = makeWorkload(footage, MOVES);
  const scene = await makeScene(options, workload, size);
  const group = `${MOVES} moves, ${workload.durationSec} s, ${size.width}x${size.height}`;
  const { programs } = options;
  const ours = (joins: Joins, known: 'nothing' | 'song' | 'all') => () =>
    ourJob({ ...scene, programs, joins, known });
  const ways: Way[] = [
    { name: 'copy limit, AAC ready', commands: () => readyLimit(scene) },
    { name: 'copy limit, AAC encoded', commands: async () => [await copyLimit(scene, 'encoded')] },
    { name: 'ours, cuts, song known', commands: ours('cuts', 'song') },
    { name: 'ours, cuts, song new', commands: ours('cuts', 'nothing') },
    { name: 'ours, crossfades on counts, new', commands: ours('crossfades on counts', 'song') },
    { name: 'ours, crossfades on counts, kept', commands: ours('crossfades on counts', 'all') },
    { name: 'ours, crossfades centred, new', commands: ours('crossfades centred', 'song') },
  ];
  if (!isQuick) {
    ways.push({ name: 'a single filter graph', commands: async () => [singleGraph(scene)], isSlow: true });
    ways.push({ name: "the predecessor's shape", commands: () => clipByClip(scene), isSlow: true });
  }
  return measureInTurn(group, ways, options);
}

/** How cost grows with length: the limit, and ours by cuts. */
async function benchLength(options: BenchOptions & { readonly moveCount: number }): Promise<Row[]> {
  const { programs, footage, moveCount } = options;
  const workload = makeWorkload(footage, moveCount);
  const scene = await makeScene(options, workload, HD);
  const render = await ourRender({ ...scene, programs, joins: 'cuts', known: 'song' });
  const ways = [
    { name: 'copy limit, AAC ready', commands: () => readyLimit(scene) },
    { name: 'ours, cuts, song known', commands: async () => render },
  ];
  return measureInTurn(`${moveCount} moves, ${workload.durationSec} s`, ways, options);
}

async function readyLimit(scene: Scene): Promise<Command[]> {
  return [await copyLimit({ ...scene, songPath: scene.aacPath }, 'copied')];
}

export interface Scene extends PeerOptions {
  /** The song as the limit copies it. */
  readonly aacPath: string;
}

async function makeScene(
  { tools, directory, footage }: BenchOptions,
  workload: Workload,
  size: PictureSize,
): Promise<Scene> {
  const songPath = join(directory, `song-${workload.durationSec}.mp3`);
  const aacPath = join(directory, `song-${workload.durationSec}.m4a`);
  await makeLongSong(tools, footage.songPath, songPath, workload.durationSec);
  await runFfmpeg({ tools, args: ['-i', songPath, '-c:a', 'aac', '-b:a', '128k', aacPath] });
  return { tools, workload, songPath, aacPath, size, directory };
}

/** A way of making a video. */
interface Way {
  readonly name: string;
  /** Asked for in every round. */
  readonly commands: () => Promise<Command[]>;
  /** Where one round tells enough. */
  readonly isSlow?: boolean;
}

/** Measures all ways in turn, round by round: a machine that changes its speed meanwhile changes it for all. */
async function measureInTurn(
  group: string,
  ways: readonly Way[],
  { rounds, say }: Pick<BenchOptions, 'rounds' | 'say'>,
): Promise<Row[]> {
  say(group);
  const usages = ways.map((): CommandUsage[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { commands, isSlow = false }] of ways.entries()) {
      if (isSlow && round > 0) continue;
      usages[index]!.push(sum(await runAll(await commands())));
    }
  }
  const [limit] = usages.map(middleOf);
  return ways.map(({ name }, index) => {
    const usage = middleOf(usages[index]!);
    const timesLimit = usage.cpuSec / limit!.cpuSec;
    const figures = [usage.cpuSec, usage.wallSec].map((figure) => figure.toFixed(2).padStart(8));
    const memory = usage.peakMegabytes.toFixed(0).padStart(6);
    say(`  ${name.padEnd(34)}${figures.join('')}${memory} MB  ${timesLimit.toFixed(2).padStart(7)} x`);
    return { group, name, ...usage, timesLimit };
  });
}

async function runAll(commands: readonly Command[]): Promise<CommandUsage[]> {
  const usages: CommandUsage[] = [];
  for (const command of commands) usages.push(await measureCommand(command));
  return usages;
}

function sum(usages: readonly CommandUsage[]): CommandUsage {
  return {
    cpuSec: usages.reduce((total, { cpuSec }) => total + cpuSec, 0),
    wallSec: usages.reduce((total, { wallSec }) => total + wallSec, 0),
    peakMegabytes: Math.max(...usages.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

/** The middle of several runs, figure by figure. */
function middleOf(usages: readonly CommandUsage[]): CommandUsage {
  const middle = (figure: keyof CommandUsage): number => median(usages.map((usage) => usage[figure]));
  return { cpuSec: middle('cpuSec'), wallSec: middle('wallSec'), peakMegabytes: middle('peakMegabytes') };
}

async function repeat(rounds: number, run: () => Promise<CommandUsage>): Promise<CommandUsage> {
  const usages: CommandUsage[] = [];
  for (let round = 0; round < rounds; round += 1) usages.push(await run());
  return middleOf(usages);
}
