import type { FastifyRequest } from 'fastify';

const PLAIN_HOST = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:.]+\](:\d{1,5})?$/i;

/**
 * The absolute address that a request was made to, for links in its answer.
 *
 * @param publicUrl where the service is reached from outside; without it, the request's own host counts
 */
export function addressOf(request: FastifyRequest, publicUrl?: string | undefined): URL {
  const host = PLAIN_HOST.test(request.host) ? request.host : 'localhost';
  const base = new URL(publicUrl ?? `${request.protocol}://${host}`);
  const [path = '/', query = ''] = request.url.split(/\?(.*)/s);
  // Set piece by piece: a path such as `//elsewhere` must not be taken for a host.
  base.pathname = path;
  base.search = new URLSearchParams(query).toString();
  return base;
}
