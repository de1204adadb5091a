export interface AppErrorOptions {
  /** Stable, upper snake case: `MEDIA_FFMPEG_EXIT`. Goes to logs, never into a user's answer. */
  readonly code: string;
  /** True where the same call may succeed later without a change. Default false. */
  readonly retryable?: boolean;
  /** Facts for the log; must hold no secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The one error class of this project. `message` is safe to show to a user: no path, no SQL, no secret. */
export class AppError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, options: AppErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = options.code;
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
  }
}

/** Any thrown value as an Error, unchanged where it is one already. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
