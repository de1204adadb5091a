import { Counter, Histogram, type Registry } from 'prom-client';
import type { RequestEnd } from '../http/request-end.ts';

export interface EndedRequest extends RequestEnd {
  readonly method: string;
  /** The route's template, never an address; undefined where no route serves it. */
  readonly route: string | undefined;
}

/** Any client may send any other. */
const METHODS = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
const THROTTLED = 429;

export function makeHttpFigures(registry: Registry): (request: EndedRequest) => void {
  const durations = new Histogram({
    name: 'bachata_http_request_duration_seconds',
    help: 'Requests, from the head to the end of the answer. status: 2xx to 5xx, aborted where the caller left before; route: a template, or unknown',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25],
    registers: [registry],
  });
  const throttled = new Counter({
    name: 'bachata_http_requests_throttled_total',
    help: 'Requests that were refused because of a limit (429): logins, generations, event streams, by route',
    labelNames: ['route'],
    registers: [registry],
  });
  return ({ method: given, route = 'unknown', status, isAborted, durationMs }) => {
    const method = METHODS.has(given) ? given : 'other';
    const statusClass = status === null || isAborted ? 'aborted' : `${Math.floor(status / 100)}xx`;
    durations.observe({ method, route, status: statusClass }, durationMs / 1_000);
    if (status === THROTTLED) throttled.inc({ route });
  };
}
