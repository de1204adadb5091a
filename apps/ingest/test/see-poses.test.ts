import { join } from 'node:path';
import { upsertMove } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { findMediaTools } from '@bachata-buddy/media';
import { makePulseClip } from '@bachata-buddy/media/testkit';
import { hashFile } from '@bachata-buddy/platform';
import { makePoseEstimator, type PoseEstimator } from '@bachata-buddy/pose';
import t, { type Test } from 'tap';
import { makePoseWatcher, type PosesToSee } from '../src/see-poses.ts';

const COUNTED = { tempoBpm: 120, firstDownbeatSec: 0, counts: 8 };
/** Six people of whom the model is not sure at all. */
const NOBODY = new Float32Array(6 * 56);
/** A thread that ends as soon as it is asked. */
const BREAKS_DOWN = new URL(
  `data:text/javascript,${encodeURIComponent("import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(1));")}`,
);

async function makeScene(t: Test, files: Parameters<Test['testdir']>[0] = {}) {
  const folder = t.testdir(files);
  const path = join(folder, 'clip.mp4');
  await makePulseClip(path, { durationSec: 4.5, tempoBpm: 120 });
  const fileHash = await hashFile(path);
  const { db } = await makeTestDatabase(t);
  const notes: string[] = [];
  const report = { note: (text: string) => void notes.push(text) };
  const tools = await findMediaTools();
  const watch = (options: { estimator?: PoseEstimator; folder?: string }) =>
    makePoseWatcher({ db, tools, report, ...options });
  const clip = (name: string): PosesToSee => ({
    ...{ name, fileHash, ...COUNTED },
    source: { path: Buffer.from(path) },
  });
  return { db, folder, notes, watch, clip };
}

t.test('a film is looked at once, whichever move it is of', async (t) => {
  const { db, notes, watch, clip } = await makeScene(t);
  let looks = 0;
  const estimator: PoseEstimator = {
    look: async () => {
      looks += 1;
      return NOBODY;
    },
    close: async () => {},
  };
  const first = await watch({ estimator }).see(clip('basic/step.mp4'));
  t.ok(looks > 0);
  t.equal(first?.poses.length, 3);
  t.same(notes, ['basic/step.mp4: its poses are not known: nobody was found in it']);
  await upsertMove(db, {
    ...{ moveId: 'step', name: 'Step', label: 'basic', videoPath: 'a.mp4', difficulty: 'beginner' },
    ...{ energyLevel: 'low', style: 'romantic', durationSec: 4.5, ...COUNTED, beats: [], source: 'folder' },
    ...{ poses: first?.poses ?? null, poseKey: first?.poseKey ?? null, contentHash: 'a' },
    embedding: { pose: [], audio: [], text: [] },
  });
  looks = 0;
  const again = await watch({ estimator }).see(clip('turn/copy.mp4'));
  t.equal(looks, 0);
  t.same(again, first);
});

t.test('a clip that breaks the model down is named, and the next is looked at', async (t) => {
  const { notes, watch, clip } = await makeScene(t);
  const watcher = watch({ estimator: makePoseEstimator({ program: BREAKS_DOWN }) });
  t.equal(await watcher.see(clip('basic/bad.mp4')), null);
  t.equal(await watcher.see(clip('basic/worse.mp4')), null);
  await watcher.end();
  t.equal(notes.length, 2);
  t.match(notes[0], /^basic\/bad\.mp4: its poses are not known: The pose model broke down/);
});

t.test('without the model it is said once what is lost, and what brings it', async (t) => {
  const { folder, notes, watch, clip } = await makeScene(t);
  const watcher = watch({ folder: join(folder, 'nothing') });
  for (const name of ['a.mp4', 'b.mp4']) t.equal(await watcher.see(clip(name)), null);
  await watcher.end();
  t.match(notes, [/^without poses: 2 clips\. .*pnpm pose:add.*join moves/]);
  t.equal(notes.length, 1);
});

t.test('of a damaged model it is said once what is damaged, and what mends it', async (t) => {
  const models = { 'movenet-multipose.json': 'cut off' };
  const { folder, notes, watch, clip } = await makeScene(t, {
    'package.json': '{}',
    node_modules: { '@vladmandic': { 'human-models': { 'package.json': '{}', models } } },
  });
  const watcher = watch({ folder });
  for (const name of ['a.mp4', 'b.mp4']) t.equal(await watcher.see(clip(name)), null);
  await watcher.end();
  t.match(notes, [
    /^without poses: 2 clips\. .*movenet-multipose\.json is not what it should be.*pnpm pose:add/,
  ]);
  t.equal(notes.length, 1);
});
