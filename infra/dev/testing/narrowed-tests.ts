import { type ChangedTestsOptions, changedTests, OF_ALL } from './changed-tests.ts';
import { isMeant, isStarted, type Leads, namedBy, reachability } from './leads.ts';

/** Passes on what others hold: who uses it is told by what they use of those. */
const HOLDS_NOTHING = /\/index\.ts$/;

export interface NarrowedTestsOptions extends ChangedTestsOptions {
  /** By program of {@link programsToShake}, the sources of which it uses anything. */
  readonly live: Leads;
  /** By source, the program that it starts as its own. */
  readonly starts: Readonly<Record<string, string>>;
}

/**
 * Of {@link changedTests} those that use what was changed, or start a program that does: not all that import a room use all
 * of it. Of files that programs hold nothing of (an `index.ts`, what is no module) that cannot be told: there, those of their
 * imports.
 */
export function narrowedTests({ live, starts, ...options }: NarrowedTestsOptions): string[] {
  const used = new Set(Object.values(live).flat());
  const isTold = (path: string): boolean => used.has(path) && !HOLDS_NOTHING.test(path) && !OF_ALL.test(path);
  const changed = options.changed.filter(isTold);
  const programs: Record<string, string[]> = {};
  const touched = new Set<string>();
  for (const [program, sources] of Object.entries(live)) {
    const named = sources.flatMap((source) => namedBy(source, options.textOf).concat(starts[source] ?? []));
    if (changed.some((path) => sources.includes(path) || named.some((name) => isMeant(path, name))))
      touched.add(program);
    programs[program] = Object.keys(live).filter((path) => named.some((name) => isStarted(path, name)));
  }
  const reaches = reachability(programs, touched, () => []);
  const untold = changedTests({ ...options, changed: options.changed.filter((path) => !isTold(path)) });
  return options.tests.filter((test) => reaches(test) || untold.includes(test));
}

/** The programs that tell whom a change affects: tests that lead to it, and what sources name or start that does. */
export function programsToShake({ starts, ...options }: Omit<NarrowedTestsOptions, 'live'>): string[] {
  const sources = Object.keys(options.leadsTo);
  const names = new Set(sources.flatMap((source) => namedBy(source, options.textOf)));
  const started = [...names].flatMap((name) => sources.filter((path) => isStarted(path, name)));
  return changedTests({
    ...options,
    tests: [...new Set([...options.tests, ...started, ...Object.values(starts)])],
  });
}
