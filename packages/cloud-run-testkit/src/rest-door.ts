import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json as readJson } from 'node:stream/consumers';
import { toProto3JSON } from 'proto3-json-serializer';
import { METHODS, type MethodName, type Methods, messageOf, typeOf } from './methods.ts';
import { invalid, RpcError } from './rpc-error.ts';

const JOB = 'projects/[^/]+/locations/[^/]+/jobs/[^/]+';

/** The routes of google/cloud/run/v2/{job,execution}.proto and google/longrunning/operations.proto. */
const ROUTES: readonly { method: string; path: RegExp; name: MethodName; field: string }[] = [
  { method: 'POST', path: new RegExp(`^/v2/(${JOB}):run$`), name: 'RunJob', field: 'name' },
  { method: 'GET', path: new RegExp(`^/v2/(${JOB})/executions$`), name: 'ListExecutions', field: 'parent' },
  { method: 'GET', path: new RegExp(`^/v2/(${JOB}/executions/[^/]+)$`), name: 'GetExecution', field: 'name' },
  {
    method: 'POST',
    path: new RegExp(`^/v2/(${JOB}/executions/[^/]+):cancel$`),
    name: 'CancelExecution',
    field: 'name',
  },
  {
    method: 'GET',
    path: /^\/v2\/(projects\/[^/]+\/locations\/[^/]+\/operations\/[^/]+)$/,
    name: 'GetOperation',
    field: 'name',
  },
];

export interface Door {
  readonly port: number;
  close(): Promise<void>;
}

/** REST on a free port of this machine. */
export async function openRestDoor(methods: Methods): Promise<Door> {
  const server = createServer((request, response) => {
    void serve(methods, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

async function serve(methods: Methods, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  try {
    const { name, json } = await read(request, url);
    const answer = await methods.answer(name, messageOf(name, json));
    if (answer === 'silent') return;
    if (answer === 'cut') return void request.socket.destroy();
    const numericEnums = url.searchParams.get('$alt')?.includes('enum-encoding=int') ?? false;
    send(response, 200, toProto3JSON(answer.message as never, { numericEnums }));
  } catch (thrown) {
    const error =
      thrown instanceof RpcError ? thrown : new RpcError('INTERNAL', 'Internal error encountered.');
    send(response, error.httpStatus, error.body);
  }
}

async function read(request: IncomingMessage, url: URL): Promise<{ name: MethodName; json: object }> {
  for (const { method, path, name, field } of ROUTES) {
    const match = request.method === method ? path.exec(decodeURIComponent(url.pathname)) : null;
    if (match === null) continue;
    const body = method === 'POST' ? await readBody(request) : queryOf(url, name);
    return { name, json: { ...body, [field]: match[1] } };
  }
  throw new RpcError('NOT_FOUND', `The requested URL ${url.pathname} was not found on this server.`);
}

async function readBody(request: IncomingMessage): Promise<object> {
  try {
    return (await readJson(request)) as object;
  } catch {
    throw invalid('Invalid JSON payload received.');
  }
}

/** Fields of a message in the query, where all is text; parameters of the system begin with a dollar. */
function queryOf(url: URL, method: MethodName): object {
  const { fields } = typeOf(METHODS[method].request);
  const given = [...url.searchParams].filter(([key]) => !key.startsWith('$'));
  return Object.fromEntries(
    given.map(([key, value]) => [key, fields[key]?.type === 'int32' ? Number(value) : value]),
  );
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(body));
}
