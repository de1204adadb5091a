import { createHash } from 'node:crypto';
import {
  abandonIdempotentRequest,
  type BegunRequest,
  beginIdempotentRequest,
  type Database,
  finishIdempotentRequest,
  type JsonObject,
} from '@bachata-buddy/database';
import { AppError } from '@bachata-buddy/platform';
import type { FastifyRequest } from 'fastify';
import { brokenRule, HttpAnswer } from './http-answer.ts';

/** What fits the column; visible ASCII alone, so that no proxy on the way changes it. */
const KEY = /^[\x21-\x7e]{1,255}$/;

const MALFORMED = 'Idempotency-Key must be 1 to 255 visible ASCII characters.';
export const KEY_MISMATCH = 'This Idempotency-Key was already used with a different request body.';
export const KEY_IN_FLIGHT = 'A request with this Idempotency-Key is still being processed.';

export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

export interface IdempotentWork {
  readonly database: Database;
  readonly request: FastifyRequest;
  readonly userId: number;
  /** The same for both slash forms of an address. */
  readonly route: string;
  /** Keeps its answer under that key itself, in the transaction of what it does; what it throws is kept or freed here. */
  readonly work: (begun: BegunRequest | undefined) => Promise<Answer>;
}

/**
 * Does the work once per `Idempotency-Key`: a repeat within 24 hours gets the first answer again. Without the
 * header the work is just done. A refusal that changed nothing, and a failure that may pass, free the key.
 * Statuses follow draft-ietf-httpapi-idempotency-key-header.
 *
 * @throws HttpAnswer 400 (malformed key), 409 (in flight), 422 (another body), and whatever the work throws
 */
export async function answerOnce(options: IdempotentWork): Promise<Answer> {
  const { database, request, userId, route, work } = options;
  const key = request.headers['idempotency-key'];
  if (key === undefined) return work(undefined);
  if (typeof key !== 'string' || !KEY.test(key)) throw brokenRule('IDEMPOTENCY_KEY_INVALID', MALFORMED);
  const requestSha256 = hashOf(request.body);
  const begun = await beginIdempotentRequest(database, { userId, route, key, requestSha256 });
  switch (begun.outcome) {
    case 'replay':
      return replay({ status: begun.statusCode, body: begun.response });
    case 'mismatch':
      throw brokenRule('IDEMPOTENCY_KEY_REUSED', KEY_MISMATCH);
    case 'in_flight':
      throw new HttpAnswer({
        code: 'REQUEST_IN_FLIGHT',
        body: { error: KEY_IN_FLIGHT },
        headers: { 'retry-after': '1' },
      });
    case 'new':
      return workUnderKey(database, { userId, route, key, attempt: begun.attempt }, work);
  }
}

async function workUnderKey(
  database: Database,
  begun: BegunRequest,
  work: IdempotentWork['work'],
): Promise<Answer> {
  try {
    return await work(begun);
  } catch (thrown) {
    if (isLasting(thrown)) await keep(database, begun, { status: thrown.status, body: thrown.body });
    else await abandonIdempotentRequest(database, begun);
    throw thrown;
  }
}

function keep(database: Database, begun: BegunRequest, { status, body }: Answer): Promise<boolean> {
  return finishIdempotentRequest(database, { ...begun, statusCode: status, response: body });
}

/** The first answer again. @throws HttpAnswer where that was a failure: of those only one kind is kept */
function replay(answer: Answer): Answer {
  if (answer.status < 400) return answer;
  throw new HttpAnswer({ code: 'GENERATION_FAILED', body: answer.body });
}

/** A failure that left its trace (a failed task) and would come again; nothing else is worth remembering. */
function isLasting(thrown: unknown): thrown is HttpAnswer {
  if (!(thrown instanceof HttpAnswer && thrown.code === 'GENERATION_FAILED')) return false;
  return !(thrown.cause instanceof AppError && thrown.cause.retryable);
}

/** The same for bodies that differ in the order of their fields alone. */
function hashOf(body: unknown): string {
  const sorted = JSON.stringify(body, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256')
    .update(sorted ?? '')
    .digest('hex');
}
