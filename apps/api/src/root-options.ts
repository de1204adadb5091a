import type { FastifyServerOptions } from 'fastify';
import { parseQueryString } from './http/query-string.ts';
import { sendError } from './plugins/errors.ts';
import { ajvOptions } from './validation/ajv.ts';

const MAX_BODY_BYTES = 256 * 1024;

/** How the server itself is set up; the same in tests as in production. */
export const rootOptions = {
  ajv: ajvOptions,
  bodyLimit: MAX_BODY_BYTES,
  requestTimeout: 30_000,
  forceCloseConnections: 'idle',
  frameworkErrors: sendError,
  genReqId: () => crypto.randomUUID(),
  routerOptions: { ignoreTrailingSlash: true, querystringParser: parseQueryString },
} satisfies FastifyServerOptions;
