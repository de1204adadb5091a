import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitFunction } from 'p-limit';
import { type Command, type TaskExit, TaskProcess } from './task-process.ts';

export interface ExecutionOptions {
  /** `projects/P/locations/L/jobs/J/executions/E` */
  readonly name: string;
  readonly job: string;
  readonly containerName: string;
  /** What the job and the request say, without what the platform adds. */
  readonly environment: Readonly<Record<string, string>>;
  /** Undefined: nothing is started; the test says how it goes. */
  readonly command: Command | undefined;
  /** Has a place for so many at once; whoever comes later waits, in order. */
  readonly machines: LimitFunction;
  readonly maxRetries: number;
  readonly startDelayMs: number;
  readonly graceMs: number;
}

type State = 'waiting' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** One execution of a job with a single task. */
export class Execution {
  readonly #options: ExecutionOptions;
  readonly createTime = new Date();
  readonly exits: TaskExit[] = [];
  #state: State = 'waiting';
  #startTime: Date | undefined;
  #completionTime: Date | undefined;
  #attempts = 0;
  #process: TaskProcess | undefined;
  #isCancelled = false;
  readonly #closing = new AbortController();

  constructor(options: ExecutionOptions) {
    this.#options = options;
    if (options.command !== undefined) void this.#run(options.command);
  }

  get name(): string {
    return this.#options.name;
  }

  get environment(): Readonly<Record<string, string>> {
    return this.#options.environment;
  }

  get state(): State {
    return this.#state;
  }

  get hasEnded(): boolean {
    return this.#completionTime !== undefined;
  }

  /** Of the task's program, where it runs. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Says how an execution without a command goes. */
  become(state: State): void {
    this.#state = state;
    if (state !== 'waiting') this.#startTime ??= new Date();
    if (state !== 'waiting' && state !== 'running') this.#completionTime ??= new Date();
  }

  async cancel(): Promise<void> {
    if (this.hasEnded) return;
    this.#isCancelled = true;
    await this.#process?.stop(this.#options.graceMs);
    if (!this.hasEnded) this.become('cancelled');
  }

  /** Starts the program once more, as the platform at times does with a task that has succeeded. */
  async retryOnceMore(): Promise<TaskExit> {
    const { command } = this.#options;
    if (command === undefined) throw new Error('Nothing runs in this execution');
    return this.#attempt(command);
  }

  /** Kills whatever runs, and starts nothing any more. */
  async close(): Promise<void> {
    this.#isCancelled = true;
    this.#closing.abort();
    this.#process?.kill();
    await this.#process?.ended;
  }

  async #run(command: Command): Promise<void> {
    await sleep(this.#options.startDelayMs, undefined, { signal: this.#closing.signal }).catch(() => {});
    await this.#options.machines(() => this.#runTask(command));
  }

  async #runTask(command: Command): Promise<void> {
    while (!this.#isCancelled) {
      this.become('running');
      const { exitCode } = await this.#attempt(command);
      if (exitCode === 0) return this.become('succeeded');
      if (this.#isCancelled) break;
      if (this.#attempts > this.#options.maxRetries) return this.become('failed');
    }
    this.become('cancelled');
  }

  async #attempt(command: Command): Promise<TaskExit> {
    const { name, job, environment } = this.#options;
    const platform = {
      CLOUD_RUN_JOB: lastSegment(job),
      CLOUD_RUN_EXECUTION: lastSegment(name),
      CLOUD_RUN_TASK_INDEX: '0',
      CLOUD_RUN_TASK_ATTEMPT: String(this.#attempts),
      CLOUD_RUN_TASK_COUNT: '1',
    };
    this.#attempts += 1;
    this.#process = new TaskProcess(command, { ...environment, ...platform });
    const exit = await this.#process.ended;
    this.exits.push(exit);
    this.#process = undefined;
    return exit;
  }

  /** google.cloud.run.v2.Execution as JSON. */
  toJson(): object {
    const { name, job, containerName, environment, maxRetries } = this.#options;
    const state = this.#state;
    return {
      '@type': 'type.googleapis.com/google.cloud.run.v2.Execution',
      name,
      job,
      createTime: this.createTime.toISOString(),
      ...(this.#startTime === undefined ? {} : { startTime: this.#startTime.toISOString() }),
      ...(this.#completionTime === undefined ? {} : { completionTime: this.#completionTime.toISOString() }),
      parallelism: 1,
      taskCount: 1,
      template: {
        containers: [
          {
            name: containerName,
            image: 'registry.example/job:test',
            env: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
          },
        ],
        maxRetries,
        timeout: '600s',
      },
      runningCount: state === 'running' ? 1 : 0,
      succeededCount: state === 'succeeded' ? 1 : 0,
      failedCount: state === 'failed' ? 1 : 0,
      cancelledCount: state === 'cancelled' ? 1 : 0,
      retriedCount: Math.max(0, this.#attempts - 1),
      conditions: [{ type: 'Completed', state: conditionOf(state) }],
    };
  }
}

function conditionOf(state: State): string {
  if (state === 'succeeded') return 'CONDITION_SUCCEEDED';
  if (state === 'failed' || state === 'cancelled') return 'CONDITION_FAILED';
  return state === 'running' ? 'CONDITION_RECONCILING' : 'CONDITION_PENDING';
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
