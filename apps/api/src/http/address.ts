import type { FastifyRequest } from 'fastify';

const PLAIN_HOST = /^[\w.-]+(:\d{1,5})?$|^\[[\da-f:.]+\](:\d{1,5})?$/i;

/** Links that lead nowhere harm whoever sent such a header alone. */
const FALLBACK_ORIGIN = 'http://localhost';

/**
 * The absolute address that a request was made to, for links in its answer.
 *
 * @param publicUrl where the service is reached from outside; without it, the request's own host counts
 */
export function addressOf(request: FastifyRequest, publicUrl?: string | undefined): URL {
  const base = new URL(publicUrl ?? originOf(request));
  const [path = '/', query = ''] = request.url.split(/\?(.*)/s);
  // Set piece by piece: a path such as `//elsewhere` must not be taken for a host.
  base.pathname = path;
  base.search = new URLSearchParams(query).toString();
  return base;
}

/** What the caller's headers say, where that is an origin: `x:99999` has the form of one, and is none. */
function originOf({ protocol, host }: FastifyRequest): string {
  const origin = `${protocol === 'https' ? 'https' : 'http'}://${host}`;
  return PLAIN_HOST.test(host) && URL.canParse(origin) ? origin : FALLBACK_ORIGIN;
}
