import type { ServerResponse } from 'node:http';

/** One event: `data` is a single line. */
export interface StreamEvent {
  readonly id: string;
  readonly data: string;
}

export interface EventStreamOptions {
  /** The answer; nothing of it may have been written yet. */
  readonly response: ServerResponse;
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
  readonly retryMs: number;
  readonly heartbeatMs: number;
  /** What the client has already. */
  readonly lastEventId: string | undefined;
}

/**
 * Server-sent events to one client (https://html.spec.whatwg.org/multipage/server-sent-events.html). One write at a
 * time: while the client has not taken it, only the newest event is kept, so that a slow reader costs no memory and
 * misses nothing but what is out of date.
 */
export interface EventStream {
  /** Sends an event, unless the client has it already. */
  offer(event: StreamEvent): void;
  /** Ends the stream once the client has taken what was offered. */
  finish(): void;
  /** Ends the stream now; a client that does not read is cut off. */
  stop(): void;
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
  // The connection has served its purpose when the stream ends, and must not hold up a shutdown.
  connection: 'close',
};

export function openEventStream(options: EventStreamOptions): EventStream {
  const { response, headers, retryMs, heartbeatMs } = options;
  let lastId = options.lastEventId;
  let pending: StreamEvent | undefined;
  let isWriting = false;
  let isFinishing = false;

  function write(text: string): void {
    isWriting = true;
    response.write(text, () => {
      isWriting = false;
      flush();
    });
  }

  function flush(): void {
    if (isWriting || response.writableEnded || response.destroyed) return;
    if (pending !== undefined) {
      const { id, data } = pending;
      lastId = id;
      pending = undefined;
      write(`id: ${id}\ndata: ${data}\n\n`);
    } else if (isFinishing) {
      response.end();
    }
  }

  const heartbeat = setInterval(() => {
    if (!isWriting && !response.writableEnded) write(': heartbeat\n\n');
  }, heartbeatMs);
  response.once('close', () => clearInterval(heartbeat));
  // A client that leaves in the middle of a write is no error; `close` follows.
  response.on('error', () => {});
  response.writeHead(200, { ...headers, ...HEADERS });
  write(`retry: ${retryMs}\n\n`);

  return {
    offer(event) {
      pending = event.id === lastId ? undefined : event;
      flush();
    },
    finish() {
      isFinishing = true;
      flush();
    },
    stop() {
      if (isWriting) response.destroy();
      else response.end();
    },
  };
}
