/** How a launched job ended. */
export type LaunchOutcome =
  /** In order: what there was to write, the job has written. */
  | { readonly kind: 'finished' }
  /** For good: another launch would end the same way. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Without an end of its own: stopped, crashed or out of luck. Another launch may succeed. */
  | { readonly kind: 'interrupted'; readonly reason: string };

export interface LaunchOptions {
  readonly taskId: string;
  readonly userId: number;
  /** Asks the job to stop; its outcome is then `interrupted`, if it had not ended before. */
  readonly signal: AbortSignal;
}

/** Starts rendering jobs: as child processes here, as executions of a platform elsewhere. */
export interface JobLauncher {
  /** How many launches may be under way at once. */
  readonly capacity: number;
  /** @throws AppError where no job can be launched at all; its message is safe to show */
  assertReady(): Promise<void>;
  /** Resolves when the job has ended (or the platform has taken it over); never rejects. */
  launch(options: LaunchOptions): Promise<LaunchOutcome>;
}
