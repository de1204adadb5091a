import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeLocalProcessLauncher } from '../../src/launch/local-process-launcher.ts';
import type { Tap } from '../tap.ts';

const ENTRY_PATH = fileURLToPath(new URL('../fixtures/pretend-job.mjs', import.meta.url));
const WAIT_MS = 120_000;

export interface JobRecord {
  readonly pid?: number;
  readonly grandchild?: number;
  readonly stoppedBy?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export type PretendMode = 'finish' | 'permanent' | 'retryable' | 'crash' | 'polite' | 'stubborn';

/** The real launcher with a pretend job, and what the jobs have recorded. */
export function makePretendLauncher(
  t: Tap,
  {
    mode,
    capacity = 1,
    graceMs = 100,
    maxDurationMs = 60_000,
    entryPath = ENTRY_PATH,
    file = process.execPath,
  }: {
    mode: PretendMode;
    capacity?: number;
    graceMs?: number;
    maxDurationMs?: number;
    entryPath?: string;
    file?: string;
  },
) {
  const directory = t.testdir();
  const out = join(directory, 'records.jsonl');
  const lines: string[] = [];
  const launcher = makeLocalProcessLauncher({
    command: { file, args: [entryPath], entryPath },
    cwd: directory,
    environment: { MODE: mode, OUT: out, PATH: '/usr/bin:/bin' },
    capacity,
    graceMs,
    maxDurationMs,
    onOutputLine: (line) => lines.push(line),
  });
  const records = (): JobRecord[] =>
    existsSync(out)
      ? readFileSync(out, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line))
      : [];
  return { launcher, lines, records };
}

/** Waits for something that is bound to happen; says what did not where it does not. */
export async function until<T>(what: string, find: () => T | Promise<T>): Promise<NonNullable<T>> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const found = await find();
    if (found !== null && found !== undefined && found !== false) return found as NonNullable<T>;
    if (Date.now() > deadline) throw new Error(`not seen within ${WAIT_MS} ms: ${what}`);
    await sleep(20);
  }
}

/** Whether a process is there (a zombie is not). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
