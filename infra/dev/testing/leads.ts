import { dirname } from 'node:path/posix';

/** By source, the sources that it imports or starts. */
export type Leads = Readonly<Record<string, readonly string[]>>;

/** Sources that start programs, or read files, by naming them. */
const NAMES_FILES = /^infra\/|\/test\/|\/testkit\b/;
/** A path from the root, or one that leads there from elsewhere. */
const NAMED_PATH =
  /(?:\.\.\/)*((?:apps|packages|infra|docs|bench|\.github|\.ci)\/[\w./-]+|[\w.-]+\.(?:md|json|yaml))/g;

/** Whether a name means this path: that of a file, or of a folder that holds it. */
export function isMeant(path: string, name: string): boolean {
  return path === name || path.startsWith(name.endsWith('/') ? name : `${name}/`);
}

/** Whether a source may be started under this name, of which only its folder may be known. */
export function isStarted(source: string, name: string): boolean {
  return name.endsWith('/') ? dirname(source) === name.slice(0, -1) : source === name;
}

/** What a source names, where it is one of those that start programs or read files. */
export function namedBy(source: string, textOf: (source: string) => string): string[] {
  return NAMES_FILES.test(source) ? namedPaths(textOf(source)) : [];
}

/** The files and folders that a text names, as paths from the root. */
export function namedPaths(text: string): string[] {
  return [...text.matchAll(NAMED_PATH)].map(([, path = '']) => path);
}

/** Makes the question whether a source leads to one of the touched files. */
export function reachability(
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
      for (const to of [...sources, ...touched]) if (isMeant(to, named)) add(from, to);
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
