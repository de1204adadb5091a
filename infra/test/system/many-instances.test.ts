import { setTimeout as sleep } from 'node:timers/promises';
import { type CloudRunServer, startCloudRunServer } from '@bachata-buddy/cloud-run-testkit';
import { findUserByUsername, listTasks } from '@bachata-buddy/database';
import t, { type Test } from 'tap';
import { registerUser } from '../../dev/system/api-user.ts';
import { type RunningSystem, startSystem } from '../../dev/system/running-system.ts';

const JOB_NAME = 'projects/test/locations/local/jobs/video-processor';
const GENERATE = '/api/choreography/generate-from-song';
const WISH = { song_id: 1, difficulty: 'beginner' };

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

/** Three instances of the API and a platform that notes what is launched there and runs nothing. */
async function startInstances(t: Test): Promise<{ system: RunningSystem; cloudRun: CloudRunServer }> {
  const cloudRun = await startCloudRunServer({ jobs: { [JOB_NAME]: {} } });
  t.teardown(() => cloudRun.close());
  const environment = {
    JOB_LAUNCHER: 'cloud-run',
    GCP_PROJECT_ID: 'test',
    CLOUD_RUN_REGION: 'local',
    CLOUD_RUN_JOB_NAME: 'video-processor',
    CLOUD_RUN_API_ENDPOINT: cloudRun.grpcEndpoint,
    GENERATE_RATE_LIMIT_PER_HOUR: '10',
    // Nothing is rendered: the clips may be small.
    RENDER_SIZE: '320x180',
  };
  return { system: await startSystem(t, { songDurationSec: 5, apiCount: 3, environment }), cloudRun };
}

/** Twenty seconds and more: an instance that is overloaded for longer fails the test. */
const MOST_TRIES = 100;

/** An instance whose machine is busy with other things turns callers away, who come again: that is no limit of a user. */
async function post(
  origin: string | undefined,
  headers: Record<string, string>,
  body: object,
  triesLeft = MOST_TRIES,
): Promise<Answer> {
  const response = await fetch(`${origin}${GENERATE}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.status === 503 && triesLeft > 0) {
    await response.arrayBuffer();
    await sleep(200);
    return post(origin, headers, body, triesLeft - 1);
  }
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    text: await response.text(),
  };
}

/** The same at once, that often, spread over the instances. */
function postAll(
  system: RunningSystem,
  count: number,
  headers: Record<string, string>,
  body: object,
): Promise<Answer[]> {
  const origins = Array.from({ length: count }, (_, index) => system.origins[index % system.origins.length]);
  return Promise.all(origins.map((origin) => post(origin, headers, body)));
}

async function tasksOf({ db }: RunningSystem, username: string): Promise<string[]> {
  const user = await findUserByUsername(db, username);
  const { rows } = await listTasks(db, { userId: user?.id ?? 0, limit: 100, offset: 0 });
  return rows.map(({ taskId }) => taskId).sort();
}

const idsOf = (answers: readonly Answer[]): string[] =>
  answers.map(({ text }) => (JSON.parse(text) as { task_id: string }).task_id).sort();

t.test('limits and keys of a user hold over three instances together', async (t) => {
  const { system, cloudRun } = await startInstances(t);

  const { headers: ana } = await registerUser(system.origins[0] ?? '', 'ana');
  const answers = await postAll(system, 200, ana, WISH);
  const accepted = answers.filter(({ status }) => status === 202);
  const refused = answers.filter(({ status }) => status === 429);
  t.strictSame([accepted.length, refused.length], [10, 190], 'ten an hour, wherever they are asked for');
  t.strictSame(idsOf(accepted), await tasksOf(system, 'ana'), 'each accepted one is a task, no other is');
  t.strictSame(
    refused.filter(({ retryAfter, text }) => {
      const seconds = Number(retryAfter);
      const isWhole = Number.isInteger(seconds) && seconds >= 1 && seconds <= 3_600;
      return (
        !isWhole || text !== `{"detail":"Request was throttled. Expected available in ${seconds} seconds."}`
      );
    }),
    [],
    'each refusal says when to come again',
  );

  const key = { 'idempotency-key': '8e03978e-40d5-43dd-bc93-6894a57f9324' };
  const bea = { ...(await registerUser(system.origins[1] ?? '', 'bea')).headers, ...key };
  const racing = await postAll(system, 50, bea, WISH);
  const answered = racing.filter(({ status }) => status === 202);
  const [first] = answered;
  const others = racing.filter(({ status }) => status !== 202);
  const wait = '{"error":"A request with this Idempotency-Key is still being processed."}';
  t.strictSame(idsOf(answered.slice(0, 1)), await tasksOf(system, 'bea'), 'one task');
  t.strictSame(answered, Array(answered.length).fill(first), 'one answer for all that get it');
  t.strictSame(others, Array(others.length).fill({ status: 409, retryAfter: '1', text: wait }));
  for (const origin of system.origins) {
    t.strictSame(await post(origin, bea, WISH), first, 'a repeat anywhere gets that answer again');
    t.match(await post(origin, bea, { ...WISH, difficulty: 'advanced' }), {
      status: 422,
      text: '{"error":"This Idempotency-Key was already used with a different request body."}',
    });
  }
  t.equal((await tasksOf(system, 'bea')).length, 1);

  const tasks = [...(await tasksOf(system, 'ana')), ...(await tasksOf(system, 'bea'))].sort();
  while (cloudRun.executions.length < tasks.length) await sleep(50);
  t.strictSame(
    cloudRun.executions.map(({ environment }) => environment.TASK_ID).sort(),
    tasks,
    'three instances launch each task once',
  );
});
