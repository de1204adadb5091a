import { dirname } from 'node:path/posix';

/** By source, the sources that it imports or starts. */
export type Leads = Readonly<Record<string, readonly string[]>>;

/** What a run of everything hangs on. */
const OF_ALL =
  /^(package\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|tsconfig\.json|infra\/(build|dev\/testing)\/)/;
const ROOM = /^(apps|packages)\/[^/]+\//;
/** Sources that start programs, or read files, by naming them. */
const NAMES_FILES = /^infra\/|\/test\/|\/testkit\b/;
/** A path from the root, or one that leads there from elsewhere. */
const NAMED_PATH =
  /(?:\.\.\/)*((?:apps|packages|infra|docs|bench|\.github|\.ci)\/[\w./-]+|[\w.-]+\.(?:md|json|yaml))/g;

export interface ChangedTestsOptions {
  readonly tests: readonly string[];
  readonly changed: readonly string[];
  readonly leadsTo: Leads;
  /** The text of a source, for the files that it names. */
  readonly textOf: (source: string) => string;
}

/**
 * The tests that a change of these files can affect: those that import one, directly or not, or start a program that
 * does, or name it or its folder. A file that nothing imports (an example, a fixture, a migration) counts with every
 * source of its room, or of its room's tests, and what all tests hang on affects all of them.
 */
export function changedTests({ tests, changed, leadsTo, textOf }: ChangedTestsOptions): string[] {
  if (changed.some((path) => OF_ALL.test(path))) return [...tests];
  const touched = new Set(changed);
  const unknown = changed.filter((path) => !(path in leadsTo));
  for (const source of Object.keys(leadsTo)) {
    if (unknown.some((path) => belongsTo(path, source))) touched.add(source);
  }
  const reaches = reachability(leadsTo, touched, (source) => {
    return NAMES_FILES.test(source) ? namedPaths(textOf(source)) : [];
  });
  return tests.filter(reaches);
}

/** Whether a file that is no module is one of what a source may read: of the same test folder, or of the same room. */
function belongsTo(path: string, source: string): boolean {
  const room = ROOM.exec(path)?.[0];
  if (room === undefined) return dirname(path) !== '.' && dirname(source) === dirname(path);
  if (!source.startsWith(room)) return false;
  const isOfTests = path.startsWith(`${room}test/`);
  return isOfTests ? source.startsWith(`${room}test/`) : true;
}

/** The files and folders that a text names, as paths from the root. */
export function namedPaths(text: string): string[] {
  return [...text.matchAll(NAMED_PATH)].map(([, path = '']) => path);
}

/** Makes the question whether a source leads to one of the touched files. */
function reachability(
  leadsTo: Leads,
  touched: ReadonlySet<string>,
  namedBy: (source: string) => readonly string[],
): (source: string) => boolean {
  const importers = new Map<string, string[]>();
  const add = (from: string, to: string) => importers.set(to, [...(importers.get(to) ?? []), from]);
  const sources = Object.keys(leadsTo);
  for (const [from, imported] of Object.entries(leadsTo)) {
    for (const to of imported) add(from, to);
    for (const named of namedBy(from)) {
      const isFolder = named.endsWith('/');
      if (!isFolder) add(from, named);
      for (const to of [...sources, ...touched])
        if (to.startsWith(isFolder ? named : `${named}/`)) add(from, to);
    }
  }
  const reached = new Set<string>();
  const queue = [...touched];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    queue.push(...(importers.get(path) ?? []));
  }
  return (source) => reached.has(source);
}
