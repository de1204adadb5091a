import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import t from 'tap';
import { signAccessToken } from '../../src/auth/tokens.ts';
import { rootOptions } from '../../src/root-options.ts';
import { addUser } from '../catalogue.ts';
import { makeTestApp } from '../make-test-app.ts';
import { exchange, type RawAnswer } from './raw-exchange.ts';

const NOT_HTTP = 'The request is not valid HTTP.';
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

function shown(answer: RawAnswer | null) {
  return {
    status: answer?.status,
    type: answer?.headers.get('content-type'),
    length: answer?.headers.get('content-length'),
    connection: answer?.headers.get('connection'),
    body: JSON.parse(answer?.body ?? 'null'),
  };
}

function refusal(status: number, detail: string) {
  const body = { detail };
  const length = String(JSON.stringify(body).length);
  return { status, type: 'application/json; charset=utf-8', length, connection: 'close', body };
}

t.test('what is no valid HTTP is told so in JSON, and the connection ends', async (t) => {
  const { app } = await makeTestApp(t);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const health = 'GET /api/health HTTP/1.1\r\nhost: a\r\n';
  const cases: [bytes: string, status: number, detail: string][] = [
    ['hello?\r\n\r\n', 400, NOT_HTTP],
    ['GET /api/health HTTP/9.9\r\nhost: a\r\n\r\n', 400, NOT_HTTP],
    ['GET /api health HTTP/1.1\r\nhost: a\r\n\r\n', 400, NOT_HTTP],
    ['BREW /api/health HTTP/1.1\r\nhost: a\r\n\r\n', 400, NOT_HTTP],
    [`${health}no colon\r\n\r\n`, 400, NOT_HTTP],
    [`${health}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, 400, NOT_HTTP],
    [`${health}content-length: -1\r\n\r\n`, 400, NOT_HTTP],
    [`${health}x: ${'a'.repeat(200_000)}\r\n\r\n`, 431, 'The request headers are too large.'],
    [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\n\r\n`, 431, 'The request headers are too large.'],
  ];
  for (const [bytes, status, detail] of cases) {
    const answer = await exchange(port, bytes);
    t.strictSame(shown(answer), refusal(status, detail), JSON.stringify(bytes.slice(0, 60)));
    t.match(answer?.headers.get('x-request-id'), UUID);
  }
});

t.test('a request without a host, and one that expects too much, are refused in JSON', async (t) => {
  const { app } = await makeTestApp(t);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const homeless = await exchange(port, 'GET /api/health HTTP/1.1\r\n\r\n');
  t.strictSame(shown(homeless), refusal(400, 'The Host header is missing.'));
  const old = await exchange(port, 'GET /api/health HTTP/1.0\r\n\r\n');
  t.match(old, { status: 200, body: '{"status":"healthy"}' }, 'which HTTP/1.0 need not name');
  const demanding = await exchange(port, 'GET /api/health HTTP/1.1\r\nhost: a\r\nexpect: tea\r\n\r\n');
  t.match(demanding, { status: 417, body: /\{"detail":"Expectation Failed\."\}/ });
});

t.test('a request that never arrives whole is told that it took too long', async (t) => {
  const app = Fastify({
    ...rootOptions,
    requestTimeout: 60,
    http: { ...rootOptions.http, headersTimeout: 30, connectionsCheckingInterval: 10 },
  });
  t.teardown(() => app.close());
  app.post('/', async (request) => request.body);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const head = 'POST / HTTP/1.1\r\nhost: a\r\n';
  for (const bytes of [head, `${head}content-type: application/json\r\ncontent-length: 10\r\n\r\n{`]) {
    t.strictSame(
      shown(await exchange(port, bytes)),
      refusal(408, 'The request took too long to arrive.'),
      JSON.stringify(bytes),
    );
  }
});

t.test('a body that is late is told so, whoever asks and whatever else they send', async (t) => {
  const { app, database } = await makeTestApp(t, { bodyTimeoutMs: 50 });
  const maria = await addUser(database, 'maria');
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const authorization = `authorization: Bearer ${signAccessToken(app, maria.id)}`;
  const late = refusal(408, 'The request took too long to arrive.');
  for (const path of ['/api/auth/login/', '/api/choreography/parse-query/', '/api/collections/']) {
    const head = `POST ${path} HTTP/1.1\r\nhost: a\r\n${authorization}\r\ncontent-type: application/json`;
    for (const length of ['content-length: 10', 'transfer-encoding: chunked']) {
      t.strictSame(shown(await exchange(port, `${head}\r\n${length}\r\n\r\n`)), late, `${path} ${length}`);
    }
  }
});
