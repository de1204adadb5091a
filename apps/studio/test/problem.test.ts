import t from 'tap';
import { ApiProblem, answered, isForGood, problemOf } from '../src/api/problem.ts';

const refusal = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers });

t.test('a refusal says the same whichever of the three forms its body has', async (t) => {
  const code = { 'x-error-code': 'LOGIN_INVALID' };
  t.equal(problemOf(refusal(401, code), { error: 'Wrong.' }).message, 'Wrong.');
  t.equal(problemOf(refusal(401, code), { detail: 'Wrong.' }).message, 'Wrong.');
  const ofFields = problemOf(refusal(400), { password: ['Too short.', 'All digits.'], username: ['Taken.'] });
  t.match(ofFields, { message: 'Too short. All digits.', fields: { username: 'Taken.' } });
  t.equal(problemOf(refusal(401, code), { detail: 'Wrong.' }).code, 'LOGIN_INVALID');
});

t.test('a limit says when to come again', async (t) => {
  t.equal(problemOf(refusal(429, { 'retry-after': '90' }), { detail: 'Throttled.' }).retryAfterSec, 90);
  t.equal(problemOf(refusal(429), { detail: 'Throttled.' }).retryAfterSec, null);
});

t.test('what got no answer is a problem too, what was given up is none', async (t) => {
  await t.rejects(answered(Promise.reject(new TypeError('Failed to fetch'))), { code: 'OFFLINE', status: 0 });
  const givenUp = new DOMException('given up', 'AbortError');
  const thrown = await answered(Promise.reject(givenUp)).catch((error: unknown) => error);
  t.notOk(thrown instanceof ApiProblem);
});

t.test('an answer is its body', async (t) => {
  t.strictSame(await answered(Promise.resolve({ data: { id: 1 }, response: refusal(200) })), { id: 1 });
});

t.test('what is not there is not asked for again, what may come is', async (t) => {
  for (const status of [400, 403, 404]) t.ok(isForGood(problemOf(refusal(status), {})), String(status));
  for (const status of [408, 429, 500, 503])
    t.notOk(isForGood(problemOf(refusal(status), {})), String(status));
  t.notOk(isForGood(new TypeError('Failed to fetch')));
});
