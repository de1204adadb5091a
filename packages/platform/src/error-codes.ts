/** What is known of every error of one code. */
export interface ErrorFacts {
  /** When it comes, for whoever reads a log: one sentence of `docs/errors.md`, without `|`. */
  readonly meaning: string;
  /** The same call may succeed later without a change. Default false. */
  readonly retryable?: boolean;
  /** The fault lies in the one file that is worked on: others may still go well. Default false. */
  readonly isAboutFile?: boolean;
}

/** The errors of one room, by code: upper snake case, stable. */
export type ErrorTable = Readonly<Record<string, ErrorFacts>>;

/**
 * All codes that there are, with the room whose they are. Every room's `errors.ts` adds those of its table, so that a code
 * that stands in no table is refused wherever it is thrown or asked for.
 */
// biome-ignore lint/suspicious/noEmptyInterface: rooms add to it, which only an interface allows
export interface ErrorCodes {}

export type ErrorCode = keyof ErrorCodes & string;

/** A room that has a table, as it is called in the architecture. */
export type ErrorRoom = ErrorCodes[ErrorCode];
