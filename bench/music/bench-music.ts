import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMediaTools, type MediaTools } from '@bachata-buddy/media';
import { analysePacked } from '@bachata-buddy/music';
import { ROOT_DIRECTORY } from '../../infra/paths.ts';
import { cpuSecOf, measureCommand } from '../measure-command.ts';
import { median } from '../median.ts';
import { makeLongSong } from '../render/footage.ts';
import { namedParts, type Row, scoreSong, tableLine, tableTitle, wrongTempi } from './rows.ts';
import { alteredSongs, songsAtTempi, soundsWithoutMusic } from './sounds.ts';
import { decodePacked, findTrackers, ours, type Tracker } from './trackers.ts';
import { demoSongs, songsOfFolders, type TrueSongs } from './truth.ts';

const LENGTHS_SEC = [180, 1_200];

export interface MusicBenchOptions {
  /** Without other tempi, mishaps and lengths. */
  readonly isQuick: boolean;
  readonly isJson: boolean;
  /** Folders of songs with their truth; none: those beside the repository. */
  readonly songFolders: readonly string[];
  readonly say: (line: string) => void;
}

/** How well songs are heard, beside BeatRoot and aubio in the same run, and what it costs. */
export async function benchMusic(options: MusicBenchOptions): Promise<void> {
  const { isQuick, isJson, songFolders } = options;
  const say = isJson ? () => undefined : options.say;
  const tools = await findMediaTools();
  const directory = await mkdtemp(join(tmpdir(), 'bachata-bench-'));
  try {
    const trackers = await findTrackers(tools, say);
    const demo = await demoSongs(tools);
    const groups = [demo, ...(await songsOfFolders(songFolders))];
    const rows: Row[] = [];
    for (const group of groups) rows.push(...(await benchGroup(group, trackers, say)));
    if (!isQuick) {
      // What has parts is a whole song; the rest are pieces of other styles.
      const wholeSongs = groups.flatMap(({ songs }) => songs.filter(({ sections }) => sections.length > 0));
      const sound = { tools, directory };
      rows.push(...(await benchGroup(await songsAtTempi(wholeSongs, sound), trackers, say)));
      rows.push(...(await benchGroup(await alteredSongs(demo.songs[0]!, sound), [ours(tools)], say)));
      await benchNoMusic({ ...sound, say });
      await benchLengths({ ...sound, songPath: demo.songs[0]!.path, say });
    }
    if (isJson) options.say(JSON.stringify(rows, null, 2));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function benchGroup(
  { title, songs }: TrueSongs,
  trackers: readonly Tracker[],
  say: (line: string) => void,
): Promise<Row[]> {
  say(`\n${title}: ${songs.length} songs`);
  say(tableTitle());
  const rows: Row[] = [];
  for (const tracker of trackers) {
    const own: Row[] = [];
    for (const song of songs) {
      const { result, cpuSec } = await cpuSecOf(() => tracker.hear(song.path));
      own.push({ ...scoreSong(song, result), group: title, tracker: tracker.name, cpuSec });
    }
    say(tableLine(tracker.name, own));
    rows.push(...own);
  }
  const heard = rows.filter(({ tracker }) => tracker === 'ours');
  for (const row of heard.filter(({ beatF, downbeatF }) => Math.min(beatF, downbeatF) < 0.98)) {
    say(tableLine(`  ${row.song}`, [row]));
  }
  say(wrongTempi(heard));
  if (namedParts(heard) !== '') say(namedParts(heard));
  return rows;
}

interface SoundBenchOptions {
  readonly tools: MediaTools;
  readonly directory: string;
  readonly say: (line: string) => void;
}

async function benchNoMusic({ tools, directory, say }: SoundBenchOptions): Promise<void> {
  say('\nno music: what is heard all the same');
  for (const { name, path } of await soundsWithoutMusic({ tools, directory }, say)) {
    const { analysis } = await ours(tools).hear(path);
    const { tempoBpm, confidence } = analysis!;
    const sure = Object.entries(confidence).map(([of, value]) => `${of} ${value.toFixed(2)}`);
    say(`  ${name.padEnd(24)}${tempoBpm.toFixed(1).padStart(7)} BPM   sure of ${sure.join(', ')}`);
  }
}

/** CPU and memory of the whole command: decoding, analysis, and its start. */
async function benchLengths({
  tools,
  directory,
  songPath,
  say,
}: SoundBenchOptions & { readonly songPath: string }): Promise<void> {
  const program = ['infra/build/run-program.mjs', 'apps/ingest/src/analyse-command.ts'];
  const command = (args: readonly string[]) => ({
    file: process.execPath,
    args: [...program, ...args],
    cwd: ROOT_DIRECTORY,
  });
  const start = await measureCommand(command(['--help']));
  say(`\npnpm analyse; its start alone takes ${start.cpuSec.toFixed(2)} s of CPU`);
  for (const durationSec of LENGTHS_SEC) {
    const path = join(directory, `long-${durationSec}.mp3`);
    await makeLongSong(tools, songPath, path, durationSec);
    const { cpuSec, peakMegabytes } = await measureCommand(command([path]));
    const beyond = (cpuSec - start.cpuSec).toFixed(2);
    say(
      `  ${String(durationSec).padStart(5)} s of music   ${beyond} s of CPU beyond its start, ${peakMegabytes.toFixed(0)} MB at most`,
    );
    say(`          of which hearing ${(await hearingCpuSec(tools, path)).toFixed(2)} s`);
  }
}

/** CPU seconds of the analysis alone, in this process, warm. */
async function hearingCpuSec(tools: MediaTools, path: string): Promise<number> {
  const packed = await decodePacked(tools, path);
  const seconds: number[] = [];
  for (let round = 0; round < 3; round++) {
    const { cpuSec } = await cpuSecOf(async () => analysePacked(packed));
    seconds.push(cpuSec);
  }
  return median(seconds);
}
