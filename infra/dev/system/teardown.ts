import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whoever cleans up afterwards, the last handler first: a test, or the run of a scenario. */
export interface TeardownContext {
  teardown(handler: () => unknown): unknown;
}

/** Gives some work a context and cleans up behind it, whichever way it ends. */
export async function withTeardown<Result>(
  work: (context: TeardownContext) => Promise<Result>,
): Promise<Result> {
  const handlers: (() => unknown)[] = [];
  try {
    return await work({ teardown: (handler) => handlers.push(handler) });
  } finally {
    for (const handler of handlers.reverse()) await handler();
  }
}

/** A folder that goes with the context. */
export async function makeDirectory(context: TeardownContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'bachata-system-'));
  context.teardown(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** A folder for what is made once in the life of this process; gone when it ends. */
export async function makeProcessDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'bachata-process-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
