import t from 'tap';
import type { JobLauncher } from '../../src/launch/job-launcher.ts';
import { isAlive, makePretendLauncher, until } from './pretend-launcher.ts';

const TASK_ID = '11111111-2222-4333-8444-555555555555';
const launch = (launcher: JobLauncher, signal = new AbortController().signal) =>
  launcher.launch({ taskId: TASK_ID, userId: 7, launch: 1, submission: 1, signal });

t.test('an exit code says how a job ended', async (t) => {
  const finished = makePretendLauncher(t, { mode: 'finish' });
  t.strictSame(await launch(finished.launcher), { kind: 'finished' });
  await until('its output', () => finished.lines.length > 0);
  t.strictSame(finished.lines, ['{"message":"a line of the job"}']);
  const permanent = makePretendLauncher(t, { mode: 'permanent' });
  t.strictSame(await launch(permanent.launcher), { kind: 'failed', reason: 'The rendering job failed.' });
  t.match(await launch(makePretendLauncher(t, { mode: 'retryable' }).launcher), {
    kind: 'interrupted',
    reason: /^exit code 75/,
  });
  t.match(await launch(makePretendLauncher(t, { mode: 'crash' }).launcher), {
    kind: 'interrupted',
    reason: /^signal SIGSEGV/,
  });
});

t.test('a job gets its task and nothing that it was not meant to have', async (t) => {
  process.env.JWT_SECRET = 'not for jobs';
  t.teardown(() => delete process.env.JWT_SECRET);
  const { launcher, records } = makePretendLauncher(t, { mode: 'finish' });
  await launch(launcher);
  // The pretended job is told by variables of its own what it is to do.
  const { MODE: _mode, OUT: _out, ...given } = records()[0]?.env ?? {};
  t.strictSame(given, { TASK_ID, USER_ID: '7', JOB_STOP_ON_STDIN_END: '1', PATH: '/usr/bin:/bin' });
});

t.test('a job that is asked to stop stops', async (t) => {
  const { launcher, records } = makePretendLauncher(t, { mode: 'polite', graceMs: 10_000 });
  const controller = new AbortController();
  const outcome = launch(launcher, controller.signal);
  await until('the job', () => records()[0]?.pid);
  controller.abort();
  t.match(await outcome, { kind: 'interrupted', reason: /^exit code 143/ });
  t.match(records().at(-1), { stoppedBy: /SIGTERM|stdin/ });
});

t.test('a job that will not stop is killed, and what it started with it', async (t) => {
  const { launcher, records } = makePretendLauncher(t, { mode: 'stubborn' });
  const controller = new AbortController();
  const outcome = launch(launcher, controller.signal);
  const grandchild = await until('the grandchild', () => records().at(-1)?.grandchild);
  controller.abort();
  t.match(await outcome, { kind: 'interrupted', reason: /^signal SIGKILL/ });
  t.ok(await until('the end of the grandchild', () => !isAlive(grandchild)));
});

t.test('a job that goes on for ever is ended, and the task may be tried again', async (t) => {
  const { launcher } = makePretendLauncher(t, { mode: 'stubborn', maxDurationMs: 300 });
  t.match(await launch(launcher), { kind: 'interrupted', reason: /^stopped after 0 s, the limit of a job$/ });
});

t.test('a launch that was stopped before it began starts nothing', async (t) => {
  const { launcher, records } = makePretendLauncher(t, { mode: 'finish' });
  t.match(await launch(launcher, AbortSignal.abort()), { kind: 'interrupted' });
  t.strictSame(records(), []);
});

t.test('a program that is not there is told before and after', async (t) => {
  const { launcher } = makePretendLauncher(t, {
    mode: 'finish',
    entryPath: '/nowhere/main.ts',
    file: '/nowhere/node',
  });
  await t.rejects(launcher.assertReady(), {
    code: 'LAUNCH_NO_JOB',
    message: 'The rendering program is not installed.',
  });
  t.match(await launch(launcher), { kind: 'failed', reason: /^Job submission failed: / });
  await t.resolves(makePretendLauncher(t, { mode: 'finish' }).launcher.assertReady());
});
