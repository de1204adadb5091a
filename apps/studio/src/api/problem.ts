import type { components } from '@bachata-buddy/client';

type CodeHeaders = components['headers'];

/** What the API may answer that is no success, as its document says. */
export type ApiCode = CodeHeaders[Extract<keyof CodeHeaders, `ErrorCode${string}`>];

/** What the API refused, or what kept a request from being answered. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** From the header `X-Error-Code`, e.g. `SONG_NOT_FOUND`; `OFFLINE` where there was no answer. */
  readonly code: string;
  /** What is wrong with each field, by the name it is sent under. */
  readonly fields: Readonly<Record<string, string>>;
  /** When it may be tried again, where the API says so. */
  readonly retryAfterSec: number | null;

  constructor(options: ProblemOptions) {
    super(options.message, { cause: options.cause });
    this.status = options.status;
    this.code = options.code;
    this.fields = options.fields ?? {};
    this.retryAfterSec = options.retryAfterSec ?? null;
  }
}

/** Answers that are the same the next time: what was asked for is not there, is not theirs, or cannot be. */
const FOR_GOOD: ReadonlySet<number> = new Set([400, 403, 404]);

/** Whether it helps nobody to ask again. */
export function isForGood(problem: unknown): boolean {
  return problem instanceof ApiProblem && FOR_GOOD.has(problem.status);
}

interface ProblemOptions {
  readonly message: string;
  readonly status: number;
  readonly code: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly retryAfterSec?: number | null;
  readonly cause?: unknown;
}

/** What openapi-fetch gives for a request. */
export interface Outcome<Data> {
  readonly data?: Data | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The body of an answer, or an {@link ApiProblem}: for queries and mutations, which know errors by what is thrown.
 *
 * @throws ApiProblem
 */
export async function answered<Data>(request: Promise<Outcome<Data>>): Promise<Data> {
  const outcome = await request.catch((cause: unknown) => {
    // What a view has understood of an answer already stays what it is.
    if (cause instanceof ApiProblem) throw cause;
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiProblem({ status: 0, code: 'OFFLINE', message: 'There was no answer.', cause });
  });
  if (outcome.error === undefined) return outcome.data as Data;
  throw problemOf(outcome.response, outcome.error);
}

/** The three forms of a refusal: `{detail}`, `{error}`, or texts by field. */
export function problemOf(response: Response, body: unknown): ApiProblem {
  const texts = textsOf(body);
  const { detail, error, non_field_errors: general, ...fields } = texts;
  return new ApiProblem({
    status: response.status,
    code: response.headers.get('x-error-code') ?? '',
    message: detail ?? error ?? general ?? Object.values(fields)[0] ?? '',
    fields,
    retryAfterSec: secondsOf(response.headers.get('retry-after')),
  });
}

function textsOf(body: unknown): Record<string, string> {
  if (typeof body !== 'object' || body === null) return {};
  const texts = Object.entries(body).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'string') return [[key, value]];
    if (Array.isArray(value)) return [[key, value.filter((text) => typeof text === 'string').join(' ')]];
    return [];
  });
  return Object.fromEntries(texts);
}

function secondsOf(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : null;
}
