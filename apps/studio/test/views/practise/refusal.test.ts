import t from 'tap';
import { ApiProblem, answered, problemOf } from '../../../src/api/problem.ts';
import { refusalOfEdits, refusesEdits } from '../../../src/views/practise/logic/refusal.ts';

t.test('a refusal of edits says the first thing that is wrong with them', async (t) => {
  const refusal = refusalOfEdits(400, {
    edits: { 2: { to: ['There it would not begin on a "1".', 'Second.'] } },
  });
  t.equal(refusal?.message, 'There it would not begin on a "1".');
  t.equal(refusal?.status, 400);
  t.ok(refusesEdits(refusal));
  await t.rejects(answered(Promise.reject(refusal)), { code: 'EDITS_REFUSED' }, 'whatever it passes through');
  for (const other of [
    { error: 'This task has no blueprint to revise.' },
    { detail: 'Throttled.' },
    'text',
    null,
  ])
    t.equal(refusalOfEdits(400, other), undefined);
});

t.test('what may pass does not refuse the edits', async (t) => {
  for (const [status, body] of [
    [429, { detail: 'Request was throttled.' }],
    [503, { error: 'The video storage cannot be reached. Try again later.' }],
    [400, { error: 'The song of this task is no longer there.' }],
  ] as const) {
    const response = new Response(null, { status });
    t.notOk(refusesEdits(problemOf(response, body)), `status ${status}`);
    t.equal(refusalOfEdits(status, body), undefined);
  }
  const offline = await answered(Promise.reject(new TypeError('Failed to fetch'))).catch((thrown) => thrown);
  t.ok(offline instanceof ApiProblem);
  t.notOk(refusesEdits(offline), 'no answer');
  t.notOk(refusesEdits(null));
});
