import t from 'tap';
import {
  ASSEMBLING,
  ENDED_STATUSES,
  isEnded,
  OPEN_STATUSES,
  outputKeyOfTask,
  storageKeyFault,
  TASK_STAGES,
  TASK_STATUSES,
  UPLOADING,
  videoKeyOf,
} from '../src/index.ts';

t.test('every status is either open or ended', async (t) => {
  t.strictSame([...OPEN_STATUSES, ...ENDED_STATUSES], TASK_STATUSES);
  t.strictSame(
    TASK_STATUSES.filter((status) => isEnded({ status })),
    ['completed', 'failed'],
  );
});

t.test('the progress of a task never goes back from one step to the next', async (t) => {
  const steps = [ASSEMBLING, UPLOADING];
  const percents = steps.flatMap(({ fromPercent, toPercent }) => [fromPercent, toPercent]);
  t.strictSame(
    percents,
    percents.toSorted((one, other) => one - other),
  );
  t.ok(percents.every((percent) => percent > 0 && percent < 100));
  const stages = steps.map(({ stage }) => TASK_STAGES.indexOf(stage));
  t.strictSame(
    stages,
    stages.toSorted((one, other) => one - other),
  );
});

t.test('a result names its video by key, as older rows do by path or address', async (t) => {
  const key = outputKeyOfTask('7d44a1b2');
  t.equal(key, 'output/choreography_7d44a1b2.mp4');
  t.equal(videoKeyOf({ output_path: key }), key);
  t.equal(videoKeyOf({ output_path: `data/${key}` }), key);
  t.equal(videoKeyOf({ video_url: `/media/${key}` }), key);
  t.equal(videoKeyOf({ video_url: 'https://cdn.example.com/x.mp4' }), null);
  t.equal(videoKeyOf({}), null);
});

t.test('dots in a name are part of it, dots as a name are none', async (t) => {
  for (const name of [
    'Noche... de Luna.mp3',
    '..hidden.mp3',
    'end...',
    '...',
    'a..b',
    '-rf',
    '100%.mp3',
    '💃',
  ])
    t.equal(storageKeyFault(`songs/${name}`), null, name);
  t.equal(storageKeyFault('songs/../x'), 'parent');
  t.equal(storageKeyFault('songs/..'), 'parent');
  t.equal(storageKeyFault('songs/./x'), 'dot-segment');
  t.equal(storageKeyFault('data/songs/x'), 'prefix', 'documents write it in front of a key');
  t.equal(storageKeyFault(`${'界'.repeat(85)}/`.repeat(5)), 'many-bytes', 'as a bucket counts');
});
