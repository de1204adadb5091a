import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import { BLUE, makeClip, makeSong, type TestDocument, type TestMove } from './footage.ts';
import { JOB_COMMAND } from './job-program.ts';

export const TASK_ID = '11111111-2222-4333-8444-555555555555';

export interface Place {
  readonly media: string;
  readonly temporary: string;
}

/** A red and a blue clip of 2 s and a song of 2 s, made once for a file of tests. */
export async function makeStock(t: Test): Promise<string> {
  const stock = t.testdir({ stock: {} });
  await makeClip(stock, 'red.mp4', { frames: 60 });
  await makeClip(stock, 'blue.mp4', { frames: 60, colour: BLUE });
  await makeSong(stock, 'song.wav', 2);
  return stock;
}

/** Media of both clips and the song, and an empty folder for the job's own files. */
export async function makePlace(t: Test, stock: string): Promise<Place> {
  const folder = t.testdir({ media: {}, temporary: {} });
  const media = join(folder, 'media');
  for (const name of ['red.mp4', 'blue.mp4', 'song.wav'])
    await copyFile(join(stock, name), join(media, name));
  return { media, temporary: join(folder, 'temporary') };
}

interface RunningJob {
  readonly child: ChildProcess;
  readonly ended: Promise<{ exitCode: number | null; output: string }>;
}

export function startJob(
  t: Test,
  { media, temporary }: Place,
  document: unknown,
  more: NodeJS.ProcessEnv = {},
): RunningJob {
  const { file, args, cwd } = JOB_COMMAND;
  const child = spawn(file, args, {
    cwd,
    env: {
      PATH: process.env.PATH,
      FFMPEG_PATH: process.env.FFMPEG_PATH,
      FFPROBE_PATH: process.env.FFPROBE_PATH,
      BLUEPRINT_JSON: typeof document === 'string' ? document : JSON.stringify(document),
      LOCAL_STORAGE_PATH: media,
      JOB_TEMP_DIR: temporary,
      RENDER_SIZE: '64x36',
      RENDER_CONCURRENCY: '1',
      ...more,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  return { child, ended: once(child, 'close').then(([exitCode]) => ({ exitCode, output })) };
}

/** Moves of both clips in turn. At a constant rate every one of them takes an ffmpeg: time to be killed in. */
export function alternating(count: number, durationSec = 1, isConstantRate = false): TestDocument {
  const moves = Array.from({ length: count }, (_, index): TestMove => {
    return { clip: index % 2 === 0 ? 'red.mp4' : 'blue.mp4', startSec: index * durationSec, durationSec };
  });
  const output = { constant_frame_rate: isConstantRate };
  return { moves, totalSec: count * durationSec, taskId: TASK_ID, output };
}

/** The video of moves without names or counts, and what belongs to it. */
export const MADE = [`choreography_${TASK_ID}.chapters.vtt`, `choreography_${TASK_ID}.mp4`];

/** Files in the media folder that are neither clip nor song. */
export async function outputsIn({ media }: Place): Promise<string[]> {
  const files = await readdir(media, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && !/^(red|blue|song|bad)\./.test(file.name))
    .map(({ name }) => name)
    .sort();
}

export async function untilRendering({ temporary }: Place): Promise<void> {
  for (;;) {
    const names = await readdir(temporary, { recursive: true }).catch((): string[] => []);
    if (names.some((name) => name.includes('segment-0003'))) return;
    await sleep(10);
  }
}
