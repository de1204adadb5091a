import type { ErrorCode, ErrorFacts, ErrorRoom } from './error-codes.ts';

export interface AppErrorOptions {
  readonly code: ErrorCode;
  /** Whose code it is. */
  readonly room: ErrorRoom;
  /** What its room's table says of the code. */
  readonly facts: ErrorFacts;
  /** For the log; must hold no secret. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
}

/**
 * The one error class of this project, made by the maker of its room (`makeErrors`). `message` is safe to show to a user:
 * no path, no SQL, no secret. `code` goes to the log.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly room: ErrorRoom;
  /** The same call may succeed later without a change. */
  readonly retryable: boolean;
  /** The fault lies in the one file that is worked on. */
  readonly isAboutFile: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, { code, room, facts, details = {}, cause }: AppErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.room = room;
    this.retryable = facts.retryable ?? false;
    this.isAboutFile = facts.isAboutFile ?? false;
    this.details = details;
  }
}

/** Whether what was thrown is an AppError of one of these codes. */
export function hasCode<Code extends ErrorCode>(
  thrown: unknown,
  ...codes: readonly Code[]
): thrown is AppError & { readonly code: Code } {
  return thrown instanceof AppError && codes.some((code) => code === thrown.code);
}

/** Any thrown value as an Error, unchanged where it is one already. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
