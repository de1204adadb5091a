import t from 'tap';
import { judgeHistories, type TaskChange } from '../../dev/chaos/harness/task-histories.ts';

/** Status and attempt; null: a change of the order alone. */
type Step = readonly [status: string, attempt: number] | null;

/** A change each second. */
function historyOf(...steps: readonly Step[]) {
  const changes = steps.map(
    (step, index): TaskChange => ({
      atMs: index * 1_000,
      status: step?.[0] ?? null,
      attempt: step?.[1] ?? null,
    }),
  );
  return [{ taskId: 'x', changes }];
}

const problemsOf = (...steps: readonly Step[]) => judgeHistories(historyOf(...steps)).problems;

t.test('a task that was tried twice and completed is in order', async (t) => {
  const history = historyOf(
    ['pending', 0],
    ['started', 0],
    null,
    ['running', 1],
    ['running', 2],
    ['completed', 2],
  );
  t.strictSame(judgeHistories(history), {
    ends: { completed: 1 },
    highestAttempt: 2,
    longestWaitSec: 1,
    problems: [],
  });
});

t.test('what must not happen to a task is found', async (t) => {
  t.match(problemsOf(['pending', 0], ['started', 0]), [/0 ends and is started/]);
  t.match(problemsOf(['completed', 1], ['running', 2]), [/from completed to running/]);
  t.match(problemsOf(['completed', 1], ['completed', 2]), [/begun again after its end/]);
  t.match(problemsOf(['completed', 1], ['failed', 1]), [/from completed to failed/]);
  t.match(problemsOf(['running', 2], ['running', 1], ['completed', 1]), [/from attempt 2 to 1/]);
  t.match(problemsOf(['completed', 1], ['running', 1], ['completed', 1]), [
    /from completed to running/,
    /2 ends/,
  ]);
});

t.test('the longest wait is that before a job took the task up, whatever changed in between', async (t) => {
  const [history] = historyOf(['pending', 0], null, ['running', 1], ['completed', 1]);
  const changes = (history?.changes ?? []).map((change, index) => ({
    ...change,
    atMs: [0, 40_000, 95_000, 300_000][index] ?? 0,
  }));
  t.equal(judgeHistories([{ taskId: 'x', changes }]).longestWaitSec, 55);
  const outages = [
    { fromMs: 30_000, toMs: 50_000 },
    { fromMs: 90_000, toMs: 100_000 },
  ];
  t.equal(judgeHistories([{ taskId: 'x', changes }], outages).longestWaitSec, 40, 'outages do not count');
});
