import type { Server } from 'node:http';
import AjvCompiler from '@fastify/ajv-compiler';
import SerializerSelector from '@fastify/fast-json-stringify-compiler';
import type { FastifyError, FastifyHttpOptions, FastifyReply, FastifyRequest } from 'fastify';
import { answerClientError } from './http/client-error.ts';
import { parseQueryString } from './http/query-string.ts';
import { requestIdOf } from './http/request-id.ts';
import { accompanyRequest, QuietLogController } from './http/request-log.ts';
import { sendError } from './plugins/errors.ts';
import { ajvOptions } from './validation/ajv.ts';
import { compileWhenNeeded } from './validation/compile-when-needed.ts';

const MAX_BODY_BYTES = 256 * 1024;

/**
 * How long a client may keep the service waiting. An answer may take as long as it needs (a generation up to 25 s, a
 * stream of events an hour), as long as something moves: streams have a heartbeat.
 */
const TIMEOUTS = {
  /** From a connection's first byte of a request to the end of its headers; 408 after that. */
  headersMs: 10_000,
  /** The same to the end of its body, for the longest upload; other bodies have 30 s (plugins/body-deadline.ts). */
  requestMs: 3_600_000,
  /** How often these two are looked at. */
  checkMs: 5_000,
  /** A connection on which nothing moves, either way, is cut. */
  connectionMs: 120_000,
  /** An idle connection is kept for the next request: longer than load balancers keep theirs, which is a minute. */
  keepAliveMs: 72_000,
};

/** How the server itself is set up; the same in tests as in production. */
export const rootOptions = {
  ajv: ajvOptions,
  schemaController: {
    compilersFactory: compileWhenNeeded({
      buildValidator: AjvCompiler(),
      buildSerializer: SerializerSelector(),
    }),
  },
  bodyLimit: MAX_BODY_BYTES,
  requestTimeout: TIMEOUTS.requestMs,
  connectionTimeout: TIMEOUTS.connectionMs,
  keepAliveTimeout: TIMEOUTS.keepAliveMs,
  http: {
    headersTimeout: TIMEOUTS.headersMs,
    connectionsCheckingInterval: TIMEOUTS.checkMs,
    // Refused by the service itself, in JSON (plugins/requests.ts).
    requireHostHeader: false,
  },
  forceCloseConnections: 'idle',
  // Requests that still come over a connection while the service closes are served, and the connection closed.
  return503OnClosing: false,
  clientErrorHandler: answerClientError,
  frameworkErrors: answerBeforeRouting,
  genReqId: requestIdOf,
  logController: new QuietLogController({ requestIdLogLabel: 'requestId' }),
  routerOptions: { ignoreTrailingSlash: true, querystringParser: parseQueryString },
} satisfies FastifyHttpOptions<Server>;

/** An address that cannot be understood: no hook has run. */
function answerBeforeRouting(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  accompanyRequest(request, reply);
  sendError(error, request, reply);
}
