import { type ChildProcess, spawn } from 'node:child_process';

/** A program with its arguments, as a container would run it. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

export interface TaskExit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One start of a task's program, leader of a process group of its own: its container. */
export class TaskProcess {
  readonly #child: ChildProcess;
  readonly ended: Promise<TaskExit>;

  constructor({ file, args, cwd }: Command, env: Readonly<Record<string, string>>) {
    this.#child = spawn(file, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'], detached: true });
    this.ended = new Promise((resolve) => {
      this.#child.once('error', () => resolve({ exitCode: 127, signal: null }));
      this.#child.once('exit', (exitCode, signal) => {
        // A container ends as a whole.
        this.kill();
        resolve({ exitCode, signal });
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** SIGTERM, and SIGKILL for what is still there after the grace period. */
  async stop(graceMs: number): Promise<void> {
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.kill(), graceMs);
    await this.ended;
    clearTimeout(timer);
  }

  /** SIGKILL to the whole container. */
  kill(): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // Nobody is left in the group.
    }
  }
}
