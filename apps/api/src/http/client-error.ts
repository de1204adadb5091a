import { randomUUID } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ANSWERS, type AnswerCode, ERROR_CODE_HEADER } from './answer-codes.ts';
import { REQUEST_ID_HEADER } from './request-id.ts';

/** Long enough for the answer to be read by whoever is still sending. */
const LINGER_MS = 1_000;

interface Refusal {
  readonly code: AnswerCode;
  readonly detail: string;
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'REQUEST_TIMEOUT', detail: 'The request took too long to arrive.' },
  HPE_HEADER_OVERFLOW: { code: 'HEADERS_TOO_LARGE', detail: 'The request headers are too large.' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { code: 'BODY_TOO_LARGE', detail: 'The request body is too large.' },
};
const MALFORMED: Refusal = { code: 'REQUEST_INVALID', detail: 'The request is not valid HTTP.' };

/** Answers what the HTTP parser could not make a request of, and ends the connection. */
export function answerClientError(
  this: FastifyInstance,
  error: NodeJS.ErrnoException,
  socket: Socket & { readonly _httpMessage?: ServerResponse | null },
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  // As Node.js does it: in the middle of an answer no other may begin.
  if (socket._httpMessage?.headersSent === true) {
    socket.destroy();
    return;
  }
  const refusal = REFUSALS[error.code ?? ''] ?? MALFORMED;
  const requestId = randomUUID();
  const { status } = ANSWERS[refusal.code];
  this.log.info({ requestId, status, code: refusal.code, reason: error.code }, 'no request could be read');
  socket.end(answerOf(refusal, requestId));
  const cut = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(cut));
}

function answerOf({ code, detail }: Refusal, requestId: string): string {
  const { status } = ANSWERS[code];
  const body = JSON.stringify({ detail });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `date: ${new Date().toUTCString()}`,
    'x-content-type-options: nosniff',
    `${REQUEST_ID_HEADER}: ${requestId}`,
    `${ERROR_CODE_HEADER}: ${code}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
