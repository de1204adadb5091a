import { type ClientRequest, get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { User } from '@bachata-buddy/database';
import type { FastifyInstance } from 'fastify';
import { signAccessToken } from '../../src/auth/tokens.ts';

/** One event, read as the HTML standard says (section 9.2.6). */
export interface ReceivedEvent {
  readonly id: string;
  readonly body: Record<string, unknown>;
}

/** A client of one stream over a real connection. */
export interface EventClient {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly events: readonly ReceivedEvent[];
  /** All that came. */
  readonly text: () => string;
  readonly hasEnded: () => boolean;
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
  leave(): void;
}

/** Opens a stream on a server that listens; returns when its headers are there. */
export function openEvents(
  app: FastifyInstance,
  user: User,
  taskId: string,
  headers: Record<string, string> = {},
): Promise<EventClient> {
  const { port } = app.server.address() as AddressInfo;
  const authorization = `Bearer ${signAccessToken(app, user.id)}`;
  const path = `/api/choreography/tasks/${taskId}/events/`;
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, agent: false, headers: { authorization, ...headers } };
    const request = get(options, (response) => resolve(readEvents(request, response)));
    request.once('error', reject);
  });
}

function readEvents(request: ClientRequest, response: IncomingMessage): EventClient {
  const events: ReceivedEvent[] = [];
  let text = '';
  let unread = '';
  let hasEnded = false;
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
    unread += chunk;
    const blocks = unread.split('\n\n');
    unread = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
      const data = fields.get('data');
      if (data !== undefined) events.push({ id: fields.get('id') ?? '', body: JSON.parse(data) });
    }
  });
  response.on('error', () => {});
  response.on('close', () => {
    hasEnded = true;
  });
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    text: () => text,
    hasEnded: () => hasEnded,
    request,
    response,
    leave: () => request.destroy(),
  };
}
