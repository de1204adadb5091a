import { MEDIA_PATH } from '@bachata-buddy/vocabulary';
import cors, { type FastifyCorsOptions } from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { ERROR_CODE_HEADER } from '../http/answer-codes.ts';
import { RATE_LIMIT_HEADERS } from '../http/throttle.ts';
import { UPLOAD_QUOTA_HEADER, UPLOADS_USED_HEADER } from '../uploads/upload-quota.ts';

export interface BrowserAccessOptions {
  /** Origins of web pages that may call the API, e.g. `https://bachatabuddy.com`. */
  readonly allowedOrigins: readonly string[];
}

const REQUEST_HEADERS = [
  ...[
    'accept',
    'accept-encoding',
    'authorization',
    'content-type',
    'dnt',
    'idempotency-key',
    'if-match',
    'if-modified-since',
    'if-none-match',
  ],
  ...[
    'if-range',
    'if-unmodified-since',
    'last-event-id',
    'origin',
    'range',
    'user-agent',
    'x-csrftoken',
    'x-request-id',
    'x-requested-with',
  ],
];
const RESPONSE_HEADERS = [
  'accept-ranges',
  'content-disposition',
  'content-length',
  'content-range',
  'etag',
  ...RATE_LIMIT_HEADERS,
  'retry-after',
  ERROR_CODE_HEADER,
  'x-request-id',
  UPLOAD_QUOTA_HEADER,
  UPLOADS_USED_HEADER,
];
const PREFLIGHT_AGE_SEC = 86_400;

/** Cross-origin rules and the headers that keep browsers safe. Media is for any page: its address is the key. */
export const browserAccess = fp<BrowserAccessOptions>(
  async (app, { allowedOrigins }) => {
    await app.register(cors, {
      delegator: (request: FastifyRequest, callback) => callback(null, corsOptions(request, allowedOrigins)),
    });
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
      },
      // Pages of other origins read the API and play its videos: CORS decides, not this header.
      crossOriginResourcePolicy: { policy: 'cross-origin' },
    });
  },
  { name: 'browser-access' },
);

function corsOptions(request: FastifyRequest, allowedOrigins: readonly string[]): FastifyCorsOptions {
  const shared = {
    allowedHeaders: REQUEST_HEADERS,
    exposedHeaders: RESPONSE_HEADERS,
    maxAge: PREFLIGHT_AGE_SEC,
    strictPreflight: false,
  };
  if (request.url.startsWith(MEDIA_PATH)) {
    return { ...shared, origin: '*', methods: ['GET', 'HEAD', 'OPTIONS'] };
  }
  return {
    ...shared,
    origin: [...allowedOrigins],
    credentials: true,
    methods: ['DELETE', 'GET', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
  };
}
