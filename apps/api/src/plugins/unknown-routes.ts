import fp from 'fastify-plugin';
import { notFound, refused } from '../http/http-answer.ts';

interface KnownRoute {
  readonly pattern: RegExp;
  readonly method: string;
}

/** The order in which clients are used to see methods in `Allow`. */
const METHOD_ORDER = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** An address nobody serves is the page's, where there is one, else a 404 in JSON; a known address with another method a 405 with `Allow`. */
export const unknownRoutes = fp(
  async (app) => {
    const routes: KnownRoute[] = [];
    app.addHook('onRoute', ({ url, method }) => {
      const methods = [method].flat().filter((name) => name !== 'OPTIONS');
      for (const name of methods) routes.push({ pattern: patternOf(url), method: name });
    });
    app.setNotFoundHandler(async (request, reply) => {
      const path = request.url.split('?')[0] ?? '';
      const allowed = new Set(
        routes.filter((route) => route.pattern.test(path)).map((route) => route.method),
      );
      if (allowed.size === 0 && (await app.sendStudio(request, reply))) return reply;
      if (allowed.size === 0 || allowed.has(request.method)) throw notFound();
      const allow = METHOD_ORDER.filter((name) => allowed.has(name) || name === 'OPTIONS').join(', ');
      throw refused('METHOD_NOT_ALLOWED', `Method "${request.method}" not allowed.`, { allow });
    });
  },
  { name: 'unknown-routes' },
);

/** A route's address as an expression: `:name` is one segment, `*` the rest; a slash at the end does not matter. */
function patternOf(url: string): RegExp {
  const source = url
    .replace(/\/$/, '')
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:[A-Za-z_]\w*/g, '[^/]+')
    .replace(/\*/g, '.+');
  return new RegExp(`^${source}/?$`);
}
