import { execFile } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { connectDatabase, pingDatabase } from '@bachata-buddy/database';
import { startTestServer } from '@bachata-buddy/database/testkit';
import { findMediaTools } from '@bachata-buddy/media';
import { toError } from '@bachata-buddy/platform';
import { findModelProblem } from '@bachata-buddy/pose';
import { DATA_DIRECTORY, POSE_MODEL_DIRECTORY, ROOT_DIRECTORY } from '../../paths.ts';
import { API_PORT } from './examine.ts';
import type { Machine } from './machine.ts';
import { isWsl, systemOf } from './systems.ts';

/** With native code, each with the room that depends on it. */
const NATIVE_PACKAGES = {
  '@node-rs/argon2': 'apps/api',
  '@napi-rs/canvas': 'packages/demo',
  'hnswlib-node': 'packages/choreography',
  esbuild: '.',
};
const COMPILER = ['python3', 'make', 'c++'];
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const CHROME_ON_MACOS = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Looks at everything; starts a PostgreSQL for a moment and changes nothing. */
export async function readMachine(): Promise<Machine> {
  const { bavail, bsize } = await statfs(ROOT_DIRECTORY);
  const agent = /\bpnpm\/(\S+)/.exec(process.env.npm_config_user_agent ?? '');
  return {
    system: systemOf({ platform: process.platform, osRelease: textOf('/etc/os-release') }),
    isWsl: isWsl(textOf('/proc/version')),
    root: ROOT_DIRECTORY,
    nodeVersion: process.versions.node,
    pnpmVersion: agent?.[1],
    ffmpeg: await readFfmpeg().catch(problemOf),
    postgres: await readPostgres(),
    nativePackages: readPackages(),
    hasCompiler: COMPILER.every((name) => onPath(name) !== undefined),
    hasGit: onPath('git') !== undefined,
    chromium: CHROMIUM.map(onPath).find((path) => path !== undefined) ?? executable(CHROME_ON_MACOS),
    poseModelProblem: (await findModelProblem(POSE_MODEL_DIRECTORY))?.message,
    unwritable: await unwritableOf([ROOT_DIRECTORY, DATA_DIRECTORY, tmpdir()]),
    freeDiskBytes: bavail * bsize,
    sharedMemoryBytes: process.platform === 'linux' ? await sizeOf('/dev/shm') : undefined,
    isPortTaken: !(await canListenOn(API_PORT)),
    canListen: await canListenOn(0),
  };
}

const problemOf = (thrown: unknown) => ({ problem: toError(thrown).message });

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function executable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => executable(join(folder, name))).find((path) => path !== undefined);
}

async function readFfmpeg() {
  const { ffmpegPath, ffmpegVersion } = await findMediaTools();
  const { stdout } = await promisify(execFile)(ffmpegPath, ['-hide_banner', '-encoders']);
  // ` V....D libx264   libx264 H.264 …`
  const encoders = [...stdout.matchAll(/^ [VAS][.\w]{5} (\S+)/gm)].map(([, name = '']) => name);
  return { text: `${ffmpegVersion} (${ffmpegPath})`, encoders };
}

async function readPostgres(): Promise<Machine['postgres']> {
  const url = process.env.DATABASE_URL ?? '';
  try {
    if (url === '') await (await startTestServer()).stop();
    else await ping(url);
  } catch (thrown) {
    return { ...problemOf(thrown), isOwnServer: url !== '' };
  }
  const text = url === '' ? 'the embedded one starts' : 'the server of DATABASE_URL answers';
  return { text };
}

async function ping(url: string): Promise<void> {
  const db = connectDatabase({ url });
  try {
    await pingDatabase(db);
  } finally {
    await db.close();
  }
}

function readPackages(): Record<string, boolean> {
  const entries = Object.entries(NATIVE_PACKAGES).map(([name, room]): [string, boolean] => {
    try {
      createRequire(join(ROOT_DIRECTORY, room, 'package.json'))(name);
      return [name, true];
    } catch {
      return [name, false];
    }
  });
  return Object.fromEntries(entries);
}

async function unwritableOf(folders: readonly string[]): Promise<string[]> {
  const tried = folders.map(async (folder) => {
    try {
      await mkdir(folder, { recursive: true });
      await rm(await mkdtemp(join(folder, '.doctor-')), { recursive: true });
      return [];
    } catch {
      return [folder];
    }
  });
  return (await Promise.all(tried)).flat();
}

async function sizeOf(folder: string): Promise<number> {
  try {
    const { blocks, bsize } = await statfs(folder);
    return blocks * bsize;
  } catch {
    return 0;
  }
}

function canListenOn(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
