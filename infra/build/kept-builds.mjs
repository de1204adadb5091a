// What is known of programs that were compiled and kept: plain JavaScript, for it runs before anything is compiled.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = join(ROOT, '.data', 'programs');

/** What every build is made with, beside its sources: the packages, and how they become part of a program. */
export const COMMON_INPUTS = [
  'pnpm-lock.yaml',
  'node_modules/.modules.yaml',
  'infra/build/kept-builds.mjs',
  'infra/build/keep-program.ts',
  'infra/build/keep-build.ts',
  'infra/build/own-places.ts',
  'infra/build/compile.ts',
  'infra/build/apps.ts',
];

/** A source, as builds name it: a path from the project's root, with slashes. */
export function sourceOf(path) {
  return relative(ROOT, resolve(path)).split(sep).join('/');
}

/** Where builds of that name lie, and the file that tells of the newest. */
export function placeOf(name) {
  const directory = join(FOLDER, name.replaceAll('/', '.'));
  return { directory, newestFile: join(directory, 'newest.json') };
}

/** The file that tells of a build, in its folder. */
export function manifestOf(directory) {
  return join(directory, 'build.json');
}

/** A file's state, to tell whether it was changed; empty where it is not there. */
export function stateOf(source) {
  const stats = statSync(join(ROOT, source), { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.mtimeMs} ${stats.size}`;
}

/**
 * The build that holds this program, if there is one and nothing of what it was made of has changed since. Where
 * `KEPT_PROGRAMS` names a build's manifest, that build goes first, as it is: a run of the tests is about one state.
 */
export function freshBuild(name) {
  const ofRun = process.env.KEPT_PROGRAMS;
  const shared = ofRun === undefined || ofRun === '' ? undefined : readManifest(ofRun);
  if (shared?.programs[name] !== undefined) return shared;
  const build = readManifest(placeOf(name).newestFile);
  return build !== undefined && isFresh(build) ? build : undefined;
}

function readManifest(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Absent, or half of it: built again.
    return undefined;
  }
}

function isFresh({ directory, inputs, node }) {
  if (node !== process.versions.node || statSync(directory, { throwIfNoEntry: false }) === undefined)
    return false;
  return Object.entries(inputs).every(([source, state]) => stateOf(source) === state);
}

/** Says that this process runs a build, which therefore stays when a newer one takes its place, until it is let go. */
export function claimBuild(directory) {
  const claim = join(directory, 'running', String(process.pid));
  try {
    mkdirSync(join(directory, 'running'), { recursive: true });
    writeFileSync(claim, '');
  } catch {
    // Of another user: it lasts as long as they leave it.
    return () => {};
  }
  return () => rmSync(claim, { force: true });
}
