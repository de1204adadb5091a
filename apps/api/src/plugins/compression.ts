import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

/** Below that the headers weigh as much as what is won. */
const LEAST_BYTES = 1_024;
/** Documents and answers; videos and pictures are compressed already, and events have to leave at once. */
const TYPES =
  /^(?:text\/(?:html|css|javascript|plain)|application\/(?:[\w.-]+\+)?(?:json|yaml|javascript|vnd\.oai\.openapi)|image\/svg\+xml)\s*(?:;|$)/i;
/** Nearly as small as can be, at a fraction of the work. */
const BROTLI_QUALITY = 4;

/**
 * Brotli or gzip for what is worth it, as the client says it can (RFC 9110, section 12.5.3). A route that sends files
 * says `compress: false`: a range is one of the bytes as they lie in storage.
 */
export const compression = fp(
  async (app) => {
    await app.register(compress, {
      globalDecompression: false,
      threshold: LEAST_BYTES,
      encodings: ['br', 'gzip'],
      customTypes: TYPES,
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
    });
    // Behind the hook that compresses, which is the route's own.
    app.addHook('onRoute', (route) => {
      route.onSend = [...[route.onSend ?? []].flat(), weakenTag];
    });
  },
  { name: 'compression' },
);

/** The same text in other bytes is no longer the same by a strong tag (RFC 9110, section 8.8.1). */
async function weakenTag(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const etag = reply.getHeader('etag');
  if (reply.hasHeader('content-encoding') && typeof etag === 'string' && !etag.startsWith('W/'))
    void reply.header('etag', `W/${etag}`);
}
