import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `upload`: a body may take long, as long as enough of it comes all the time. */
    body?: 'upload';
  }
}

export interface BodyDeadlineOptions {
  /** From the end of the headers to the end of the body; of an upload, how often it is looked at. Default 30 s. */
  readonly bodyTimeoutMs?: number | undefined;
}

const DEFAULT_BODY_TIMEOUT_MS = 30_000;
const LINGER_MS = 5_000;
/** Bytes in a second below which an upload is not slow but stuck, or meant to hold a connection. */
const MIN_UPLOAD_RATE = 32 * 1024;

/**
 * Cuts off whoever takes too long with a body: in JSON, as when Node.js does it with headers. Node.js itself knows one
 * limit for all routes, which is that of the longest upload.
 */
export const bodyDeadline = fp<BodyDeadlineOptions>(
  async (app, { bodyTimeoutMs = DEFAULT_BODY_TIMEOUT_MS }) => {
    app.addHook('onRequest', async (request) => {
      const { headers } = request;
      const hasBody =
        headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
      if (hasBody) watch(app, request, bodyTimeoutMs);
    });
    // What was answered before it had come whole: whoever is still sending gets to read the answer, and no more.
    app.addHook('onResponse', async ({ raw }) => {
      if (raw.complete !== false || raw.destroyed) return;
      const cut = setTimeout(() => raw.socket.destroy(), LINGER_MS);
      cut.unref();
      raw.once('end', () => clearTimeout(cut)).once('close', () => clearTimeout(cut));
    });
  },
  { name: 'body-deadline' },
);

function watch(app: FastifyInstance, { raw, routeOptions }: FastifyRequest, windowMs: number): void {
  const minBytes =
    routeOptions.config.body === 'upload' ? (MIN_UPLOAD_RATE * windowMs) / 1_000 : Number.POSITIVE_INFINITY;
  let seenBytes = raw.socket.bytesRead;
  const timer = setInterval(() => {
    if (raw.complete || raw.destroyed) {
      clearInterval(timer);
    } else if (raw.socket.bytesRead - seenBytes < minBytes) {
      clearInterval(timer);
      const late = Object.assign(new Error('The body is late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      app.server.emit('clientError', late, raw.socket);
    } else {
      seenBytes = raw.socket.bytesRead;
    }
  }, windowMs);
  timer.unref();
  raw.once('close', () => clearInterval(timer));
}
