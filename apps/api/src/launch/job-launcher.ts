/** How a launched job ended, or where it went. */
export type LaunchOutcome =
  /** In order: what there was to write, the job has written. */
  | { readonly kind: 'finished' }
  /** For good: another launch would end the same way. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Without an end of its own: stopped, crashed or out of luck. Another launch may succeed. */
  | { readonly kind: 'interrupted'; readonly reason: string }
  /** A platform runs it from now on, and outlives this process. */
  | { readonly kind: 'handed-over'; readonly executionName: string }
  /** It is not known whether a platform took it, or the platform cannot take it now: submit it again later. */
  | { readonly kind: 'postponed'; readonly reason: string };

export interface LaunchOptions {
  readonly taskId: string;
  readonly userId: number;
  /** The number of this launch of the task. */
  readonly launch: number;
  /** When it was ordered, since the epoch: no execution of it is older. Absent: nobody knows. */
  readonly orderedAtMs?: number | undefined;
  /** Above 1 the platform may have an execution of this launch already. */
  readonly submission: number;
  /** Of the span that the job's own are to belong to (W3C Trace Context); undefined where nothing is traced. */
  readonly traceparent?: string | undefined;
  /** Asks a job of this process to stop; its outcome is then `interrupted`, if it had not ended before. */
  readonly signal: AbortSignal;
}

/** What an execution can be known by. */
export type LaunchIdentity = Pick<LaunchOptions, 'taskId' | 'launch' | 'orderedAtMs'>;

/** Starts rendering jobs: as child processes here, as executions of a platform elsewhere. */
export interface JobLauncher {
  /** How many launches may be under way at once. */
  readonly capacity: number;
  /** How many tasks may be with the platform at once, over all instances of the service; absent: any number. */
  readonly maxUnderWay?: number | undefined;
  /** Where jobs go that do not run in this process; absent: they all do. */
  readonly platform?: ExecutionPlatform;
  /** @throws AppError where no job can be launched at all; its message is safe to show */
  assertReady(): Promise<void>;
  /** Resolves when the job has ended, or the platform has taken it over; never rejects. */
  launch(options: LaunchOptions): Promise<LaunchOutcome>;
}

/** `waiting`: not running yet. `unknown`: the platform does not know of it (any more). */
export type ExecutionState = 'waiting' | 'running' | 'ended' | 'unknown';

/**
 * Where jobs run that a launcher has handed over. An execution may be named in full or by the last part of its
 * name, by which it knows itself.
 */
export interface ExecutionPlatform {
  /** The execution that a launch was given, if any. @throws AppError */
  findExecution(launch: LaunchIdentity): Promise<string | null>;
  /** @throws AppError */
  stateOf(execution: string): Promise<ExecutionState>;
  /** Harmless where it has ended. @throws AppError */
  cancel(execution: string): Promise<void>;
  close(): Promise<void>;
}
