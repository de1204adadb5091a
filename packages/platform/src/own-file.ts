export interface OwnFilePlaces {
  /** From the TypeScript module that asks. */
  readonly source: string;
  /** From the program that `pnpm build` made of it: all of its modules lie in one folder. */
  readonly built: string;
}

/**
 * Where a module finds a file that belongs to it: a worker's program, migrations. It runs either as TypeScript, in
 * the source tree, or built, in a folder of its own.
 *
 * @param moduleUrl the caller's `import.meta.url`
 */
export function ownFile(moduleUrl: string, places: OwnFilePlaces): URL {
  const isSource = new URL(moduleUrl).pathname.endsWith('.ts');
  return new URL(isSource ? places.source : places.built, moduleUrl);
}
