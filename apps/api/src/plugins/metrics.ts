import fp from 'fastify-plugin';
import { onRequestEnd } from '../http/request-end.ts';
import type { Figures } from '../metrics/figures.ts';

export interface MetricsOptions {
  readonly figures: Figures;
}

/** Measures every request for which a route was looked for, up to the end of its connection's interest in it. */
export const metrics = fp<MetricsOptions>(
  async (app, { figures }) => {
    app.addHook('onRequest', async (request, { raw }) => {
      const { method } = request;
      onRequestEnd(raw, (end) => figures.countRequest({ ...end, method, route: request.routeOptions.url }));
    });
  },
  { name: 'metrics' },
);
