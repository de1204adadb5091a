import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { programArguments } from '@bachata-buddy/platform/testkit';

export interface RunningProgram {
  /** The line of JSON it said once it was ready. */
  readonly said: { readonly url: string; readonly startedHere?: boolean };
  /** Ends its input, upon which it ends in order; throws where it does not end with 0. */
  leave(): Promise<void>;
  /** Ends it with no chance to do anything. */
  kill(): Promise<void>;
}

/** Runs one of the programs beside this file, in a process of its own, and waits until it is ready. */
export async function runProgram(name: string, ...args: string[]): Promise<RunningProgram> {
  const program = programArguments(`packages/database/test/programs/${name}.ts`);
  const child = spawn(process.execPath, [...program, ...args], {
    env: { PATH: process.env.PATH },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const end = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    return {
      said: JSON.parse(line),
      async leave() {
        child.stdin.end();
        const [code, signal] = await end;
        if (code !== 0) throw new Error(`${name} ended with ${signal ?? code}`);
      },
      async kill() {
        child.kill('SIGKILL');
        await end;
      },
    };
  }
  throw new Error(`${name} ended without a word`);
}

/** Waits, as long as the test may last, until something is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20);
}
