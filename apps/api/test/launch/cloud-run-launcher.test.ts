import t from 'tap';
import type { JobLauncher } from '../../src/launch/job-launcher.ts';
import { JOB_NAME, makeCloudRunScene, TRANSPORTS } from './cloud-run-scene.ts';

const TASK_ID = '11111111-2222-4333-8444-555555555555';

const submit = (launcher: JobLauncher, submission = 1, launch = 1) =>
  launcher.launch({ taskId: TASK_ID, userId: 7, launch, submission, signal: new AbortController().signal });

for (const transport of TRANSPORTS) {
  t.test(
    `${transport}: an execution is told its task, its user and its launch, and handed over`,
    async (t) => {
      const { server, launcher } = await makeCloudRunScene(t, { transport });
      const outcome = await submit(launcher);
      const [execution] = server.executions;
      t.strictSame(outcome, { kind: 'handed-over', executionName: execution?.name });
      t.strictSame(execution?.environment, { TASK_ID, USER_ID: '7', LAUNCH_NUMBER: '1' });
      t.strictSame(server.calls, [
        {
          method: 'RunJob',
          request: {
            name: JOB_NAME,
            overrides: {
              containerOverrides: [
                {
                  env: [
                    { name: 'TASK_ID', value: TASK_ID },
                    { name: 'USER_ID', value: '7' },
                    { name: 'LAUNCH_NUMBER', value: '1' },
                  ],
                },
              ],
            },
          },
        },
      ]);
    },
  );

  t.test(`${transport}: an execution is told the trace that it is part of, still in few bytes`, async (t) => {
    const { server, launcher } = await makeCloudRunScene(t, { transport });
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { signal } = new AbortController();
    await launcher.launch({ taskId: TASK_ID, userId: 7, launch: 1, submission: 1, traceparent, signal });
    t.match(server.executions[0]?.environment, { TASK_ID, TRACEPARENT: traceparent });
    t.ok(JSON.stringify(server.calls[0]?.request).length < 1_024);
  });

  t.test(`${transport}: a refusal that stands fails the launch, in words that may be shown`, async (t) => {
    const refused = async (scene: Parameters<typeof makeCloudRunScene>[1], reason: string) => {
      const { launcher, server } = await makeCloudRunScene(t, { transport, ...scene });
      t.strictSame(await submit(launcher), { kind: 'failed', reason: `Job submission failed: ${reason}` });
      t.equal(server.executions.length, 0);
    };
    await refused({ jobName: `${JOB_NAME}-2` }, 'The rendering job is not deployed.');
    await refused({ permissions: ['run.jobs.run'] }, 'The service is not allowed to run the rendering job.');
    const { launcher, server } = await makeCloudRunScene(t, { transport });
    server.fail({ method: 'RunJob', fault: { status: 'UNAUTHENTICATED' } });
    t.match(await submit(launcher), { kind: 'failed', reason: /could not log in/ });
    server.fail({ method: 'RunJob', fault: { status: 'INVALID_ARGUMENT' } });
    t.match(await submit(launcher), { kind: 'failed', reason: /as invalid/ });
  });

  t.test(`${transport}: what may pass postpones the launch`, async (t) => {
    const { launcher, server } = await makeCloudRunScene(t, { transport, maxRunningExecutions: 1 });
    for (const status of ['UNAVAILABLE', 'INTERNAL', 'ABORTED', 'DEADLINE_EXCEEDED'] as const) {
      server.fail({ method: 'RunJob', fault: { status } });
      t.match(await submit(launcher), { kind: 'postponed' }, status);
    }
    t.equal(server.executions.length, 0);
    await submit(launcher);
    t.match(await submit(launcher), {
      kind: 'postponed',
      reason: /^CLOUD_RUN_RESOURCE_EXHAUSTED: .*no room/,
    });
    await server.close();
    t.match(await submit(launcher), { kind: 'postponed', reason: String }, 'nobody is there');
  });

  for (const fault of [
    { kind: 'done-but-answered', status: 'UNAVAILABLE' },
    { kind: 'lost-answer' },
    { kind: 'silent' },
  ] as const) {
    t.test(
      `${transport}: after an answer that did not come (${fault.kind}) no second execution is started`,
      async (t) => {
        const { launcher, server } = await makeCloudRunScene(t, { transport });
        server.fail({ method: 'RunJob', fault });
        t.match(await submit(launcher), { kind: 'postponed' });
        t.equal(server.executions.length, 1);
        const handedOver = { kind: 'handed-over', executionName: server.executions[0]?.name };
        t.strictSame(await submit(launcher, 2), handedOver, 'the one that was started is found');
        t.equal(server.executions.length, 1);
        await submit(launcher, 2, 2);
        t.equal(server.executions.length, 2, 'another launch is another execution');
      },
    );
  }

  t.test(`${transport}: the platform says how far an execution is, and ends it when asked`, async (t) => {
    const { launcher, server } = await makeCloudRunScene(t, { transport });
    const platform = launcher.platform!;
    await submit(launcher);
    const [execution] = server.executions;
    const name = execution?.name ?? '';
    const shortName = name.split('/').at(-1) ?? '';
    t.equal(await platform.stateOf(name), 'waiting');
    execution?.become('running');
    t.equal(await platform.stateOf(shortName), 'running', 'by the name it knows itself by');
    await platform.cancel(name);
    t.equal(execution?.state, 'cancelled');
    t.equal(await platform.stateOf(name), 'ended');
    await t.resolves(platform.cancel(name), 'once more is harmless');
    t.equal(await platform.stateOf(`${name}x`), 'unknown');
    server.fail({ fault: { status: 'UNAVAILABLE' } });
    await t.rejects(platform.stateOf(name), {
      code: 'CLOUD_RUN_UNAVAILABLE',
      retryable: true,
    });
  });
}

t.test('the execution of a launch is found among many', async (t) => {
  const { launcher, server } = await makeCloudRunScene(t);
  await submit(launcher);
  for (let launch = 2; launch <= 120; launch += 1) await submit(launcher, 1, launch);
  const found = await launcher.platform?.findExecution({ taskId: TASK_ID, launch: 1 });
  t.equal(found, server.executions[0]?.name);
  t.equal(await launcher.platform?.findExecution({ taskId: TASK_ID, launch: 121 }), null);
});

for (const transport of ['grpc', 'rest'] as const) {
  t.test(`${transport}: executions older than the order are not looked through`, async (t) => {
    const { launcher, server } = await makeCloudRunScene(t, { transport });
    for (let launch = 1; launch <= 250; launch += 1) await submit(launcher, 1, launch);
    const pagesRead = () => server.calls.filter(({ method }) => method === 'ListExecutions').length;
    const find = (orderedAtMs?: number) =>
      launcher.platform?.findExecution({ taskId: TASK_ID, launch: 251, orderedAtMs });
    await find(Date.now() - 1_000);
    t.equal(pagesRead(), 3, 'all of them may be of this order');
    await find(Date.now() + 3_600_000);
    t.equal(pagesRead(), 4, 'the first page says enough');
  });
}
