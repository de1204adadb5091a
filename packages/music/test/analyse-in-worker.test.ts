import { spawnSync } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { analysePacked } from '../src/analyse.ts';
import { analyseInWorker } from '../src/index.ts';
import { pack } from './support/pack.ts';
import { RATE_HZ, synthesiseBachata } from './support/synthesise.ts';

const { samples } = synthesiseBachata({ tempoBpm: 127, parts: [['verse', 6]] });
const openThreads = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'MessagePort' || name === 'Worker');

t.test('the thread gives the same answer as the direct call and has ended', async (t) => {
  const before = openThreads();
  t.same(await analyseInWorker(pack(samples)), analysePacked(pack(samples)));
  t.same(openThreads(), before);
});

t.test('an error in the thread comes back as the same AppError', async (t) => {
  await t.rejects(analyseInWorker(pack(Float32Array.from([Number.NaN]))), {
    name: 'AppError',
    code: 'MUSIC_INVALID_AUDIO',
    details: { sampleIndex: 0 },
  });
});

t.test('aborting ends the thread and rejects with CANCELLED', async (t) => {
  const before = openThreads();
  const controller = new AbortController();
  const reason = new Error('no longer wanted');
  const pending = analyseInWorker(pack(new Float32Array(RATE_HZ * 900).fill(0.1)), {
    signal: controller.signal,
  });
  setImmediate(() => controller.abort(reason));
  await t.rejects(pending, { name: 'AppError', code: 'CANCELLED', cause: reason });
  t.same(openThreads(), before);
});

t.test('an aborted signal starts no thread and takes no samples', async (t) => {
  const kept = pack(samples);
  await t.rejects(analyseInWorker(kept, { signal: AbortSignal.abort() }), {
    code: 'CANCELLED',
  });
  t.equal(kept.values.length, samples.length);
});

t.test('a signal that outlives the analysis keeps no listener', async (t) => {
  const { signal } = new AbortController();
  await analyseInWorker(pack(samples), { signal });
  t.equal(getEventListeners(signal, 'abort').length, 0);
});

t.test('the thread starts in a plain process with tsx and lets it end', async (t) => {
  const index = fileURLToPath(new URL('../src/index.ts', import.meta.url));
  const script = `
    const { analyseInWorker } = await import(${JSON.stringify(index)});
    const silence = { values: new Int16Array(22050), scales: new Float32Array(22) };
    const { durationSec } = await analyseInWorker(silence);
    process.stdout.write(String(durationSec));`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const cwd = fileURLToPath(new URL('../../..', import.meta.url));
  // tap's loaders must not leak in: this is about a process without them.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
  t.equal(stdout, '1', stderr);
  t.equal(status, 0);
});
