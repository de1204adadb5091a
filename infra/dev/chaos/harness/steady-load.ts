import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const REQUESTS_PER_SECOND = 100;
const KEPT_CONNECTIONS = 20;
/** Longer than the service lets anybody wait. */
const REQUEST_TIMEOUT_MS = 30_000;

/** One request and what became of it. */
export interface Exchange {
  readonly path: string;
  /** Over a connection that had served others before. */
  readonly isReused: boolean;
  /** When it got its connection, which is opened then if it is new. */
  readonly sentAtMs: number;
  /** Of the answer's head; null where none came. */
  readonly status: number | null;
  /** The answer came whole. */
  readonly isWhole: boolean;
  /** Why not, e.g. `ECONNREFUSED`. */
  readonly errorCode: string | null;
}

export interface LoadOptions {
  readonly origin: string;
  /** Asked for in turn. */
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly durationMs: number;
}

/** A hundred requests a second, every other one over a new connection. @returns all, when the last has been answered */
export async function putUnderLoad({ origin, paths, headers, durationMs }: LoadOptions): Promise<Exchange[]> {
  const kept = new Agent({ keepAlive: true, maxSockets: KEPT_CONNECTIONS });
  const exchanges: Promise<Exchange>[] = [];
  const beganMs = performance.now();
  const count = Math.round((durationMs / 1_000) * REQUESTS_PER_SECOND);
  for (let index = 0; index < count; index += 1) {
    const dueMs = beganMs + (index * 1_000) / REQUESTS_PER_SECOND;
    await sleep(Math.max(0, dueMs - performance.now()));
    const path = paths[Math.floor(index / 2) % paths.length] ?? '/';
    exchanges.push(exchange({ url: `${origin}${path}`, headers, agent: index % 2 === 0 ? kept : false }));
  }
  const all = await Promise.all(exchanges);
  kept.destroy();
  return all;
}

interface ExchangeOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** False: a connection of its own. */
  readonly agent: Agent | false;
}

function exchange({ url, headers, agent }: ExchangeOptions): Promise<Exchange> {
  return new Promise((resolve) => {
    let sentAtMs = Number.POSITIVE_INFINITY;
    let response: IncomingMessage | undefined;
    const sent = request(url, { headers, agent, timeout: REQUEST_TIMEOUT_MS });
    const settle = (errorCode: string | null): void =>
      resolve({
        path: new URL(url).pathname,
        isReused: sent.reusedSocket,
        sentAtMs,
        status: response?.statusCode ?? null,
        isWhole: response?.complete ?? false,
        errorCode,
      });
    const fail = (error: NodeJS.ErrnoException): void => settle(error.code ?? error.message);
    sent.once('socket', () => {
      sentAtMs = performance.now();
    });
    sent.once('timeout', () => sent.destroy(new Error('timeout')));
    sent.once('error', fail);
    sent.once('response', (message) => {
      response = message;
      message
        .resume()
        .once('error', fail)
        .once('end', () => settle(null));
    });
    sent.end();
  });
}
