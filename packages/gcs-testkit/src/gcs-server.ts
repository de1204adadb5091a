import type { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from './api-error.ts';
import { TokenService } from './credentials.ts';
import { type Fault, type FaultRule, Faults } from './faults.ts';
import { type ApiAnswer, type ApiRequest, answerJsonApi, answerMedia, json } from './json-api.ts';
import { ObjectTable, type StoredObject } from './object-table.ts';
import { type Grant, Permissions } from './permissions.ts';
import { ResumableSessions } from './resumable-sessions.ts';
import { verifyCdnUrl, verifyV4Url } from './signed-urls.ts';

export interface GcsServerOptions {
  readonly buckets?: readonly string[];
  /** Default 127.0.0.1, and a port that is free. */
  readonly listen?: { readonly host: string; readonly port: number };
  /** How clients reach it, where that is not `http://localhost:PORT`. */
  readonly origin?: string | undefined;
  /** Objects that are there from the start, by bucket. */
  readonly objects?: Readonly<Record<string, readonly StoredObject[]>>;
  /** Time that an object needs between two updates; the real one about a second. Default 0: not limited. */
  readonly updateIntervalMs?: number;
  /** Another server whose access tokens are good here too. */
  readonly tokensOf?: GcsServer;
  /** By account: what it may do. Default: everybody may do everything. */
  readonly grants?: Readonly<Record<string, readonly Grant[]>>;
  /** By key name: what a CDN in front of the first bucket checks signatures with. */
  readonly cdnKeys?: Readonly<Record<string, Buffer>>;
  /** By account: what V4 signatures are checked with. */
  readonly publicKeys?: Readonly<Record<string, KeyObject>>;
}

export interface GcsServer {
  /** For the API and for V4 signed URLs. */
  readonly origin: string;
  /** Where the CDN serves the first bucket, signed requests alone. */
  readonly cdnUrl: string;
  /** `METHOD /path?query` of every request, in their order. */
  readonly requests: readonly string[];
  readonly tokens: TokenService;
  object(name: string): StoredObject | undefined;
  /** Puts an object there, as somebody else would have before. */
  put(name: string, bytes: Buffer): void;
  /** All that is there now, by bucket. */
  objects(): Readonly<Record<string, readonly StoredObject[]>>;
  /** How often content was put under a name with success. */
  writesOf(name: string): number;
  openUploads(): number;
  fail(rule: FaultRule): void;
  clearFaults(): void;
  /** Writes an account's credentials for this server; the path is for GOOGLE_APPLICATION_CREDENTIALS. */
  writeCredentials(directory: string, account?: string): Promise<string>;
  close(): Promise<void>;
}

/** A Cloud Storage on this machine: the JSON API of objects, V4 signed URLs, and a CDN before the first bucket. */
export async function startGcsServer(options: GcsServerOptions = {}): Promise<GcsServer> {
  const buckets = options.buckets ?? ['media'];
  const table = new ObjectTable(buckets, options.updateIntervalMs ?? 0);
  for (const [name, objects] of Object.entries(options.objects ?? {})) table.restore(name, objects);
  const sessions = new ResumableSessions(table);
  const tokens = options.tokensOf?.tokens ?? new TokenService();
  const permissions = new Permissions(options.grants);
  const faults = new Faults();
  const requests: string[] = [];
  const bucket = buckets[0] ?? '';
  const answer = (request: ApiRequest): ApiAnswer =>
    answerToken(tokens, request) ??
    answerJsonApi({ table, sessions, tokens, permissions }, request) ??
    answerCdn(table, bucket, options, request) ??
    answerSignedUrl(table, options, request);
  const server = createServer((request, response) => {
    void serve({ answer, faults, requests }, request, response).catch(() => response.destroy());
  });
  const { host, port } = options.listen ?? { host: '127.0.0.1', port: 0 };
  server.listen(port, host);
  await once(server, 'listening');
  const origin = options.origin ?? `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    cdnUrl: `${origin}/cdn`,
    requests,
    tokens,
    object: (name) => table.objectsOf(bucket).get(name),
    put: (name, bytes) => void table.put({ bucket, name, bytes, metadata: {}, query: new URLSearchParams() }),
    objects: () => Object.fromEntries(buckets.map((name) => [name, [...table.objectsOf(name).values()]])),
    writesOf: (name) => table.writeCounts.get(`${bucket}/${name}`) ?? 0,
    openUploads: () => sessions.openCount,
    fail: (rule) => faults.add(rule),
    clearFaults: () => faults.clear(),
    writeCredentials: (directory, account = 'test') =>
      tokens.writeCredentials(directory, `${origin}/token`, account),
    close: () => closeServer(server),
  };
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

function answerToken(tokens: TokenService, { method, url, body }: ApiRequest): ApiAnswer | null {
  if (method !== 'POST' || url.pathname !== '/token') return null;
  const answer = tokens.exchange(new URLSearchParams(body.toString('utf8')));
  if (answer === undefined) throw new ApiError(401, 'invalid_grant', 'The subject token is another.');
  return json(answer);
}

function answerCdn(
  table: ObjectTable,
  bucket: string,
  { cdnKeys = {} }: GcsServerOptions,
  { url, headers }: ApiRequest,
): ApiAnswer | null {
  if (!url.pathname.startsWith('/cdn/')) return null;
  verifyCdnUrl(url.href, cdnKeys);
  return answerMedia(
    table.get(bucket, decodeURIComponent(url.pathname.slice('/cdn/'.length))),
    headers.range,
  );
}

/** `/bucket/object`, as the XML API has it. */
function answerSignedUrl(
  table: ObjectTable,
  { publicKeys = {} }: GcsServerOptions,
  { method, url, headers }: ApiRequest,
): ApiAnswer {
  verifyV4Url({ method, url, headers }, publicKeys);
  const [, bucket = '', ...name] = url.pathname.split('/').map(decodeURIComponent);
  return answerMedia(table.get(bucket, name.join('/')), headers.range);
}

interface Serving {
  readonly answer: (request: ApiRequest) => ApiAnswer;
  readonly faults: Faults;
  readonly requests: string[];
}

async function serve(
  { answer, faults, requests }: Serving,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = message;
  requests.push(`${method} ${url}`);
  const fault = faults.take(method, url);
  const body = await buffer(message);
  if (fault !== undefined && 'delayMs' in fault) await sleep(fault.delayMs);
  if (fault !== undefined && 'until' in fault) await fault.until();
  if (isFault(fault, 'reset')) return void message.socket.destroy();
  if (isFault(fault, 'silent')) return;
  const request: ApiRequest = {
    method,
    url: new URL(url, `http://${message.headers.host}`),
    headers: message.headers as Record<string, string | undefined>,
    body: isFault(fault, 'corrupt-upload') ? withOtherBit(body) : body,
  };
  const result =
    fault !== undefined && 'status' in fault ? failure(fault.status) : tryAnswer(answer, request);
  if (isFault(fault, 'lost-answer')) return void message.socket.destroy();
  send(response, result, fault);
}

function isFault(fault: Fault | undefined, kind: string): boolean {
  return fault !== undefined && 'kind' in fault && fault.kind === kind;
}

function tryAnswer(answer: Serving['answer'], request: ApiRequest): ApiAnswer {
  try {
    return answer(request);
  } catch (thrown) {
    if (thrown instanceof ApiError) return toAnswer(thrown);
    return failure(500);
  }
}

function failure(status: number): ApiAnswer {
  return toAnswer(
    new ApiError(status, 'backendError', 'We encountered an internal error. Please try again.'),
  );
}

function toAnswer(error: ApiError): ApiAnswer {
  const challenge: Record<string, string> =
    error.status === 401 ? { 'www-authenticate': 'Bearer realm="https://accounts.google.com/"' } : {};
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', ...challenge },
    body: error.body,
  };
}

function send(
  response: ServerResponse,
  { status, headers, body }: ApiAnswer,
  fault: Fault | undefined,
): void {
  const bytes = Buffer.from(body ?? '');
  response.writeHead(status, { ...headers, ...(status === 204 ? {} : { 'content-length': bytes.length }) });
  if (isFault(fault, 'truncated')) {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
    return;
  }
  response.end(isFault(fault, 'corrupt') ? withOtherBit(bytes) : bytes);
}

function withOtherBit(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const middle = Math.floor(copy.length / 2);
  if (copy.length > 0) copy[middle] = (copy[middle] ?? 0) ^ 1;
  return copy;
}
