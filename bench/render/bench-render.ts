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
  const measure = groupMeasurer(group, options);
  const { programs } = options;
  const ours = (joins: Joins, known: 'nothing' | 'song' | 'all') =>
    ourJob({ ...scene, programs, joins, known });
  await measure('copy limit, AAC ready', async () => [
    await copyLimit({ ...scene, songPath: scene.aacPath }, 'copied'),
  ]);
  await measure('copy limit, AAC encoded', async () => [await copyLimit(scene, 'encoded')]);
  await measure('ours, cuts, song known', () => ours('cuts', 'song'));
  await measure('ours, cuts, song new', () => ours('cuts', 'nothing'));
  await measure('ours, crossfades on counts, new', () => ours('crossfades on counts', 'song'));
  await measure('ours, crossfades on counts, kept', () => ours('crossfades on counts', 'all'));
  await measure('ours, crossfades centred, new', () => ours('crossfades centred', 'song'));
  if (!isQuick) {
    await measure('a single filter graph', async () => [singleGraph(scene)], 1);
    await measure("the predecessor's shape", () => clipByClip(scene), 1);
  }
  return measure.rows;
}

/** How cost grows with length: the limit, and ours by cuts. */
async function benchLength(options: BenchOptions & { readonly moveCount: number }): Promise<Row[]> {
  const workload = makeWorkload(options.footage, options.moveCount);
  const scene = await makeScene(options, workload, HD);
  const measure = groupMeasurer(`${options.moveCount} moves, ${workload.durationSec} s`, options);
  await measure('copy limit, AAC ready', async () => [
    await copyLimit({ ...scene, songPath: scene.aacPath }, 'copied'),
  ]);
  await measure('ours, cuts, song known', () =>
    ourRender({ ...scene, programs: options.programs, joins: 'cuts', known: 'song' }),
  );
  return measure.rows;
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

interface Measure {
  (name: string, commands: () => Promise<Command[]>, rounds?: number): Promise<void>;
  readonly rows: Row[];
}

function groupMeasurer(group: string, { rounds: usual, say }: Pick<BenchOptions, 'rounds' | 'say'>): Measure {
  const rows: Row[] = [];
  say(group);
  const measure = async (name: string, commands: () => Promise<Command[]>, rounds = usual): Promise<void> => {
    const usage = await repeat(rounds, async () => sum(await runAll(await commands())));
    const timesLimit = usage.cpuSec / (rows[0]?.cpuSec ?? usage.cpuSec);
    rows.push({ group, name, ...usage, timesLimit });
    const figures = [usage.cpuSec, usage.wallSec].map((figure) => figure.toFixed(2).padStart(8));
    const memory = usage.peakMegabytes.toFixed(0).padStart(6);
    say(`  ${name.padEnd(34)}${figures.join('')}${memory} MB  ${timesLimit.toFixed(2).padStart(7)} x`);
  };
  return Object.assign(measure, { rows });
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
async function repeat(rounds: number, run: () => Promise<CommandUsage>): Promise<CommandUsage> {
  const usages: CommandUsage[] = [];
  for (let round = 0; round < rounds; round += 1) usages.push(await run());
  const middle = (figure: keyof CommandUsage): number => median(usages.map((usage) => usage[figure]));
  return { cpuSec: middle('cpuSec'), wallSec: middle('wallSec'), peakMegabytes: middle('peakMegabytes') };
}
