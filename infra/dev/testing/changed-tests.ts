import { dirname } from 'node:path/posix';
import { type Leads, namedBy, reachability } from './leads.ts';

/** What a run of everything hangs on. */
export const OF_ALL =
  /^(package\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|tsconfig\.json|infra\/(build|dev\/testing)\/)/;
const ROOM = /^(apps|packages)\/[^/]+\//;
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
  const reaches = reachability(leadsTo, touched, (source) => namedBy(source, textOf));
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
