import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whoever cleans up afterwards, the last handler first: a test, or the run of a scenario. */
export interface TeardownContext {
  teardown(handler: () => unknown): unknown;
}

/** A folder that goes with the context. */
export async function makeDirectory(context: TeardownContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'bachata-system-'));
  context.teardown(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
