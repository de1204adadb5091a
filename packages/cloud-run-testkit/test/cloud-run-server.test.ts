import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { v2 } from '@google-cloud/run';
import { credentials } from '@grpc/grpc-js';
import { PassThroughClient } from 'google-auth-library';
import t, { type Test } from 'tap';
import { type CloudRunServer, type PlatformOptions, startCloudRunServer } from '../src/index.ts';

process.env.METADATA_SERVER_DETECTION = 'none';

type Protocol = 'grpc' | 'rest';

const JOB = 'projects/p/locations/l/jobs/render';
const PROTOCOLS: readonly Protocol[] = ['grpc', 'rest'];
/** What each protocol's client makes of a refusal. */
const CODES = {
  NOT_FOUND: { grpc: 5, rest: 404 },
  PERMISSION_DENIED: { grpc: 7, rest: 403 },
  INVALID_ARGUMENT: { grpc: 3, rest: 400 },
  RESOURCE_EXHAUSTED: { grpc: 8, rest: 429 },
  UNAVAILABLE: { grpc: 14, rest: 503 },
} as const;

/** Google's own clients, of one protocol. */
function connect(t: Test, server: CloudRunServer, protocol: Protocol) {
  const { port } = new URL(protocol === 'rest' ? server.restEndpoint : server.grpcEndpoint);
  const options = {
    apiEndpoint: '127.0.0.1',
    port: Number(port),
    projectId: 'p',
    ...(protocol === 'rest'
      ? { fallback: true, protocol: 'http', authClient: new PassThroughClient() }
      : { sslCreds: credentials.createInsecure() }),
  };
  const jobs = new v2.JobsClient(options as never);
  const executions = new v2.ExecutionsClient(options as never);
  t.teardown(() => Promise.all([jobs.close(), executions.close()]));
  return { jobs, executions };
}

async function start(t: Test, protocol: Protocol, options: Partial<PlatformOptions> = {}) {
  const server = await startCloudRunServer({ jobs: { [JOB]: {} }, ...options });
  t.teardown(() => server.close());
  return { server, ...connect(t, server, protocol) };
}

const withEnv = (...env: { name: string; value: string }[]) => ({
  name: JOB,
  overrides: { containerOverrides: [{ env }] },
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

/** A job that appends a line to a file at each start, and ends as a script says. */
function scripted(t: Test, script: string) {
  const out = join(t.testdir(), 'starts.txt');
  const append = `require('node:fs').appendFileSync(process.env.OUT, JSON.stringify(process.env) + '\\n');`;
  const starts = (): Record<string, string>[] =>
    readFileSync(out, { encoding: 'utf8', flag: 'a+' })
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const command = { file: process.execPath, args: ['-e', append + script], cwd: '/' };
  return { starts, job: { command, environment: { OUT: out, COLOUR: 'red', SIZE: 'small' } } };
}

for (const protocol of PROTOCOLS) {
  t.test(
    `${protocol}: a job runs with its variables, those of the call and those of the platform`,
    async (t) => {
      const { starts, job } = scripted(t, '');
      const { server, jobs, executions } = await start(t, protocol, { jobs: { [JOB]: job } });
      const [operation] = await jobs.runJob(withEnv({ name: 'SIZE', value: 'large' }));
      const { name = '' } = operation.metadata as { name?: string };
      t.match(name, new RegExp(`^${JOB}/executions/render-[0-9a-f]{5}$`));
      await until(() => server.executions[0]?.hasEnded === true);
      const [env = {}] = starts();
      t.match(env, {
        COLOUR: 'red',
        SIZE: 'large',
        CLOUD_RUN_JOB: 'render',
        CLOUD_RUN_EXECUTION: name.split('/').at(-1) ?? '',
        CLOUD_RUN_TASK_INDEX: '0',
        CLOUD_RUN_TASK_ATTEMPT: '0',
        CLOUD_RUN_TASK_COUNT: '1',
      });
      t.notOk('PATH' in env && env.PATH === process.env.PATH, 'nothing of this process');
      const [execution] = await executions.getExecution({ name });
      t.match(execution, { succeededCount: 1, runningCount: 0, name });
      t.ok(execution.completionTime?.seconds);
      const [finished] = await operation.promise();
      t.equal(finished.name, name);
      const second = await jobs.runJob({ name: JOB });
      const [listed] = await executions.listExecutions({ parent: JOB, pageSize: 1 }, { autoPaginate: true });
      t.strictSame(
        listed.map((one) => one.name),
        [(second[0].metadata as { name?: string }).name, name],
        'newest first, over two pages',
      );
      t.same(listed[1]?.template?.containers?.[0]?.env?.find((one) => one.name === 'SIZE')?.value, 'large');
      await until(() => server.executions.every(({ hasEnded }) => hasEnded));
    },
  );

  t.test(`${protocol}: what the platform refuses is refused, and nothing starts`, async (t) => {
    const { server, jobs, executions } = await start(t, protocol, { maxRunningExecutions: 1 });
    const refused = async (status: keyof typeof CODES, call: () => Promise<unknown>, what: string) =>
      t.rejects(call(), { code: CODES[status][protocol] }, what);
    await refused('NOT_FOUND', () => jobs.runJob({ name: `${JOB}s` }), 'another job');
    await refused(
      'NOT_FOUND',
      () => executions.getExecution({ name: `${JOB}/executions/x` }),
      'no execution',
    );
    const long = { name: 'LONG', value: 'x'.repeat(32_769) };
    await refused('INVALID_ARGUMENT', () => jobs.runJob(withEnv(long)), 'a long value');
    const many = Array.from({ length: 1_001 }, (_, index) => ({ name: `V${index}`, value: '' }));
    await refused('INVALID_ARGUMENT', () => jobs.runJob(withEnv(...many)), 'many variables');
    const reserved = { name: 'CLOUD_RUN_EXECUTION', value: 'mine' };
    await refused('INVALID_ARGUMENT', () => jobs.runJob(withEnv(reserved)), 'a reserved name');
    const elsewhere = { name: JOB, overrides: { containerOverrides: [{ name: 'sidecar', env: [] }] } };
    await refused('INVALID_ARGUMENT', () => jobs.runJob(elsewhere), 'a container that is not there');
    t.equal(server.executions.length, 0);
    await jobs.runJob(withEnv({ name: 'LONG', value: 'x'.repeat(32_768) }));
    await refused('RESOURCE_EXHAUSTED', () => jobs.runJob({ name: JOB }), 'one more than the quota');
    server.executions[0]?.become('succeeded');
    await jobs.runJob({ name: JOB });
    t.equal(server.executions.length, 2);

    const limited = await start(t, protocol, { permissions: ['run.jobs.run'] });
    await limited.jobs.runJob({ name: JOB });
    await refused('PERMISSION_DENIED', () => limited.jobs.runJob(withEnv()), 'overrides want more');
    t.equal(limited.server.executions.length, 1);
  });

  t.test(`${protocol}: calls fail as they are told to`, async (t) => {
    const { server, jobs } = await start(t, protocol);
    const unavailable = { code: CODES.UNAVAILABLE[protocol] };
    server.fail({ method: 'RunJob', fault: { status: 'UNAVAILABLE' } });
    await t.rejects(jobs.runJob({ name: JOB }), unavailable);
    t.equal(server.executions.length, 0, 'before');
    server.fail({ method: 'RunJob', fault: { kind: 'done-but-answered', status: 'UNAVAILABLE' } });
    await t.rejects(jobs.runJob({ name: JOB }), unavailable);
    t.equal(server.executions.length, 1, 'after');
    server.fail({ method: 'RunJob', fault: { kind: 'lost-answer' } });
    await t.rejects(jobs.runJob({ name: JOB }));
    t.equal(server.executions.length, 2);
    server.fail({ method: 'RunJob', fault: { kind: 'silent' } });
    const unanswered = jobs.runJob({ name: JOB }).catch(() => 'the connection was closed at the end');
    t.equal(await Promise.race([unanswered, sleep(200, 'no answer')]), 'no answer');
    await until(() => server.executions.length >= 3);
    t.equal(server.executions.length, 3);
    server.fail({ method: 'RunJob', fault: { kind: 'started-twice' } });
    await jobs.runJob({ name: JOB });
    t.equal(server.executions.length, 5);
  });

  t.test(`${protocol}: an execution that is cancelled is asked to end, then made to`, async (t) => {
    const { starts, job } = scripted(t, `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`);
    const { server, jobs, executions } = await start(t, protocol, {
      jobs: { [JOB]: { ...job, graceMs: 50 } },
    });
    await jobs.runJob({ name: JOB });
    await until(() => starts().length === 1);
    const [execution] = server.executions;
    const name = execution?.name ?? '';
    t.match((await executions.getExecution({ name }))[0], { runningCount: 1, completionTime: null });
    await executions.cancelExecution({ name });
    await until(() => execution?.hasEnded === true);
    t.strictSame(execution?.exits, [{ exitCode: null, signal: 'SIGKILL' }]);
    t.match((await executions.getExecution({ name }))[0], { cancelledCount: 1, runningCount: 0 });
    await t.rejects(executions.cancelExecution({ name }), { code: CODES.INVALID_ARGUMENT[protocol] });
  });
}

t.test('a task that fails is started again, as often as the job says', async (t) => {
  const { starts, job } = scripted(t, 'process.exit(75)');
  const { server, jobs } = await start(t, 'grpc', { jobs: { [JOB]: { ...job, maxRetries: 2 } } });
  await jobs.runJob({ name: JOB });
  await until(() => server.executions[0]?.hasEnded === true);
  t.equal(server.executions[0]?.state, 'failed');
  t.strictSame(
    starts().map((env) => env.CLOUD_RUN_TASK_ATTEMPT),
    ['0', '1', '2'],
  );
});

t.test('a task that has succeeded can be started once more', async (t) => {
  const { starts, job } = scripted(t, '');
  const { server, jobs } = await start(t, 'grpc', { jobs: { [JOB]: job } });
  await jobs.runJob({ name: JOB });
  await until(() => server.executions[0]?.hasEnded === true);
  t.same(await server.executions[0]?.retryOnceMore(), { exitCode: 0, signal: null });
  t.equal(starts()[1]?.CLOUD_RUN_TASK_ATTEMPT, '1');
});

t.test('where machines are few, executions wait for one', async (t) => {
  const { starts, job } = scripted(t, 'setTimeout(() => {}, 100)');
  const { server, jobs } = await start(t, 'grpc', { jobs: { [JOB]: { ...job, machines: 1 } } });
  for (let count = 0; count < 3; count += 1) await jobs.runJob({ name: JOB });
  const [first, second, third] = server.executions;
  await until(() => first?.state === 'running');
  t.equal(second?.state, 'waiting');
  await second?.cancel();
  await until(() => third?.hasEnded === true);
  t.strictSame([first?.state, second?.state, third?.state], ['succeeded', 'cancelled', 'succeeded']);
  t.equal(starts().length, 2);
});

t.test('a fault may be meant for calls that say something certain', async (t) => {
  const { server, jobs } = await start(t, 'grpc');
  const names = (request: object) => JSON.stringify(request).includes('unlucky');
  server.fail({ only: names, fault: { status: 'UNAVAILABLE' } });
  await jobs.runJob(withEnv({ name: 'TASK_ID', value: 'lucky' }));
  await t.rejects(jobs.runJob(withEnv({ name: 'TASK_ID', value: 'unlucky' })), { code: 14 });
});
