import { NO_SPAN, type Span, type Tracing, withSpan } from '@bachata-buddy/telemetry';
import fp from 'fastify-plugin';
import { onRequestEnd } from '../http/request-end.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What this request is in its trace; null where it is not traced. */
    span: Span | null;
  }
}

export interface TracingOptions {
  readonly tracing: Tracing;
}

/** Asked for every few seconds by machines, and of no interest one by one. */
const UNTRACED = new Set(['/api/health', '/api/ready', '/metrics']);

/**
 * Each request is a span, from its head to the end of its connection's interest in it; it continues the trace of
 * whoever calls. What is begun while it is handled becomes part of it.
 */
export const tracing = fp<TracingOptions>(
  async (app, { tracing }) => {
    app.decorateRequest('span', null);
    app.addHook('onRequest', (request, { raw }, done) => {
      const { url: route } = request.routeOptions;
      if (route !== undefined && UNTRACED.has(route)) {
        done();
        return;
      }
      const { traceparent } = request.headers;
      const span = tracing.begin(`${request.method} ${route ?? 'unknown address'}`, {
        kind: 'server',
        traceparent: typeof traceparent === 'string' ? traceparent : undefined,
        attributes: {
          'http.request.method': request.method,
          'http.route': route,
          'http.request.id': request.id,
        },
      });
      request.span = span;
      onRequestEnd(raw, ({ status, isAborted }) => {
        span.set({ 'http.response.status_code': status ?? undefined, 'http.request.aborted': isAborted });
        if (status !== null && status >= 500) span.fail(String(status));
        span.end();
      });
      withSpan(span, done);
    });
    // The body came by the connection, which knows of no span.
    app.addHook('preValidation', (request, _reply, done) => withSpan(request.span ?? NO_SPAN, done));
  },
  { name: 'tracing' },
);
