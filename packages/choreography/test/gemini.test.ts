import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import t, { type Test } from 'tap';
import { makeGemini } from '../src/gemini.ts';
import { buildMoveLibrary, parseQuery, parseQueryByRules, planChoreography } from '../src/index.ts';
import { makeAnalysis, makeMoves, makeRequest } from './support/synthetic.ts';

const API_KEY = 'secret-key-4711';
const QUESTION = { instruction: 'Answer.', content: '{}', schema: { type: 'object', properties: {} } };

interface Call {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: the body is whatever came over the wire
  readonly body: any;
}
type Answer = (response: ServerResponse, call: Call) => void | Promise<void>;

/** A local server that speaks `POST /v1beta/models/M:generateContent`. */
async function serve(t: Test, answer: Answer, timeoutMs = 5_000) {
  const calls: Call[] = [];
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url: path = '', headers } = request;
    const body = JSON.parse(Buffer.concat(chunks).toString());
    const call = { method, path, key: headers['x-goog-api-key']?.toString(), body };
    calls.push(call);
    response.setHeader('content-type', 'application/json');
    await answer(response, call);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { calls, language: makeGemini({ apiKey: API_KEY, model: 'gemini-test', baseUrl, timeoutMs }) };
}

function candidate(text: string, finishReason = 'STOP'): string {
  return JSON.stringify({ candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason }] });
}

function failure(status: number, message: string): Answer {
  return (response) => {
    response.statusCode = status;
    response.end(JSON.stringify({ error: { code: status, message, status: 'FAILED' } }));
  };
}

t.test('a good answer: the protocol is spoken and the JSON comes back', async (t) => {
  const { language, calls } = await serve(
    t,
    (response) => void response.end(candidate('{"style":"sensual"}')),
  );
  t.same(await language.answerJson(QUESTION), { style: 'sensual' });
  t.match(calls, [{ method: 'POST', path: '/v1beta/models/gemini-test:generateContent', key: API_KEY }]);
  t.match(calls[0]!.body, {
    contents: [{ parts: [{ text: '{}' }] }],
    systemInstruction: { parts: [{ text: 'Answer.' }] },
    generationConfig: { responseMimeType: 'application/json', responseSchema: { type: 'object' } },
  });
});

t.test('JSON between fences is JSON', async (t) => {
  for (const text of ['```json\n{"style":"sensual"}\n```', ' ```\n{"style":"sensual"}```\n']) {
    const { language } = await serve(t, (response) => void response.end(candidate(text)));
    t.same(await language.answerJson(QUESTION), { style: 'sensual' });
  }
});

t.test('every failure is an AppError that says whether to try again and never holds the key', async (t) => {
  const cases: readonly (readonly [
    string,
    Answer,
    { readonly code: string; readonly retryable: boolean },
  ])[] = [
    ['429', failure(429, `quota of ${API_KEY}`), { code: 'RATE_LIMITED', retryable: true }],
    ['500', failure(500, 'internal'), { code: 'UNAVAILABLE', retryable: true }],
    ['503', failure(503, 'overloaded'), { code: 'UNAVAILABLE', retryable: true }],
    [
      '400 of a key',
      failure(400, `API key not valid: ${API_KEY}`),
      { code: 'UNAUTHORIZED', retryable: false },
    ],
    ['403', failure(403, API_KEY), { code: 'UNAUTHORIZED', retryable: false }],
    ['404', failure(404, 'no such model'), { code: 'REJECTED', retryable: false }],
    ['a cut connection', (response) => void response.destroy(), { code: 'UNAVAILABLE', retryable: true }],
    [
      'an answer cut off',
      (r) => void r.end(candidate('{"style":"sens', 'MAX_TOKENS')),
      { code: 'CUT_OFF', retryable: false },
    ],
    [
      'whole JSON cut off',
      (r) => void r.end(candidate('{}', 'MAX_TOKENS')),
      { code: 'CUT_OFF', retryable: false },
    ],
    ['a block', (r) => void r.end(candidate('{}', 'SAFETY')), { code: 'BLOCKED', retryable: false }],
    [
      'a blocked prompt',
      (r) => void r.end(JSON.stringify({ promptFeedback: { blockReason: 'OTHER' } })),
      { code: 'BLOCKED', retryable: false },
    ],
    ['no JSON', (r) => void r.end(candidate(`Sure! ${API_KEY}`)), { code: 'BAD_ANSWER', retryable: false }],
    [
      'megabytes',
      (r) => void r.end(candidate(JSON.stringify(new Array(2_000_000).fill(1)))),
      { code: 'BAD_ANSWER', retryable: false },
    ],
    ['no candidate', (r) => void r.end('{}'), { code: 'BAD_ANSWER', retryable: false }],
  ];
  for (const [name, answer, { code, retryable }] of cases) {
    const { language } = await serve(t, answer);
    const error = await language.answerJson(QUESTION).then(
      () => t.fail(`${name} must reject`),
      (thrown) => thrown,
    );
    t.match(error, { name: 'AppError', code: `CHOREOGRAPHY_GEMINI_${code}`, retryable }, name);
    t.notMatch(inspect(error, { depth: 10 }), API_KEY, `${name}: no key`);
  }
});

t.test('a late answer is a timeout, an aborted one is cancelled, before and during the call', async (t) => {
  const { language } = await serve(t, () => {}, 50);
  await t.rejects(language.answerJson(QUESTION), { code: 'CHOREOGRAPHY_GEMINI_TIMEOUT', retryable: true });

  const slow = await serve(t, () => {});
  const ending = new AbortController();
  const call = slow.language.answerJson({ ...QUESTION, signal: ending.signal });
  while (slow.calls.length === 0) await sleep(5);
  ending.abort();
  await t.rejects(call, { code: 'CANCELLED' });
  await t.rejects(slow.language.answerJson({ ...QUESTION, signal: AbortSignal.abort() }), {
    code: 'CANCELLED',
  });
  t.equal(slow.calls.length, 1, 'an aborted call is not sent');
});

t.test('a body that stops half-way is a timeout', async (t) => {
  const { language } = await serve(t, (response) => void response.write('{"candidates": ['), 80);
  await t.rejects(language.answerJson(QUESTION), { code: 'CHOREOGRAPHY_GEMINI_TIMEOUT' });
});

t.test('a sentence goes through Gemini, and through the rules where Gemini fails', async (t) => {
  const sentence = 'a sensual bachata';
  const good = await serve(
    t,
    (r) => void r.end(candidate('{"is_dance_request":true,"difficulty":"advanced"}')),
  );
  t.match(await parseQuery(sentence, { language: good.language }), {
    difficulty: 'advanced',
    style: 'sensual',
    understoodBy: 'gemini',
  });
  const reasons: string[] = [];
  const bad = await serve(t, failure(500, 'x'));
  const parsed = await parseQuery(sentence, {
    language: bad.language,
    onFallback: (reason) => reasons.push(reason),
  });
  t.same(parsed, parseQueryByRules(sentence));
  t.same(reasons, ['CHOREOGRAPHY_GEMINI_UNAVAILABLE: The language model is unavailable.']);
});

t.test('a choreography that Gemini designs over the wire, with the seed of the request', async (t) => {
  const { language, calls } = await serve(t, (response, { body }) => {
    const { sections } = JSON.parse(body.contents[0].parts[0].text);
    const motifs = sections.map(({ section }: { section: number }) => ({ section, motif: ['turn', 'spin'] }));
    response.end(candidate(JSON.stringify({ sections: motifs })));
  });
  const library = await buildMoveLibrary(makeMoves(5));
  const request = makeRequest({ seed: 2 ** 31 + 7 });
  const plan = await planChoreography({ analysis: makeAnalysis(), library, request, language });
  t.equal(plan.designedBy, 'gemini');
  t.equal(calls[0]!.body.generationConfig.seed, 7, 'of 31 bits');
});
