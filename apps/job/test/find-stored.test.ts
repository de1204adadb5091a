import { randomUUID } from 'node:crypto';
import { hashBlueprint, parseBlueprint } from '@bachata-buddy/blueprint';
import {
  claimTask,
  createTask,
  createUser,
  findTask,
  storeBlueprintAndOrderLaunch,
} from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { makeLogger } from '@bachata-buddy/platform';
import t from 'tap';
import { readJobConfig } from '../src/config.ts';
import { runJob } from '../src/job.ts';

t.test('a video that an earlier attempt stored, and could not say so, is not rendered again', async (t) => {
  const { db, url } = await makeTestDatabase(t);
  const taskId = randomUUID();
  const name = `choreography_${taskId}`;
  const { id: userId } = await createUser(db, { username: 'maria', passwordHash: '!' });
  await createTask(db, { taskId, userId, requestKind: 'song', stage: 'generating_blueprint', message: '' });
  const blueprint = parseBlueprint({
    task_id: taskId,
    audio_path: 'songs/gone.mp3',
    moves: [
      { clip_id: 'a', video_path: 'clips/gone.mp4', start_time: 0, duration: 4, transition_type: 'cut' },
    ],
    total_duration: 4,
    output_config: { output_path: `output/${name}.mp4` },
  });
  await storeBlueprintAndOrderLaunch(db, { taskId, blueprint, sha256: hashBlueprint(blueprint) });
  await claimTask(db, taskId, { execution: 'job-a' });
  // Neither clip nor song: nothing could be rendered.
  const output = { [`${name}.mp4`]: 'the video', [`${name}.vtt`]: 'WEBVTT' };
  const config = readJobConfig({
    TASK_ID: taskId,
    DATABASE_URL: url,
    LOCAL_STORAGE_PATH: t.testdir({ output }),
    CLOUD_RUN_EXECUTION: 'job-a',
  });
  const log = makeLogger({ name: 'test', level: 'silent' });
  t.equal(await runJob({ config, log, signal: new AbortController().signal }), 0);
  const task = await findTask(db, taskId);
  t.match(task, { status: 'completed', attempt: 2 });
  t.match(task?.result, {
    video_url: `/media/output/${name}.mp4`,
    duration: 4,
    file_size: 9,
    num_moves: 1,
    captions_path: `output/${name}.vtt`,
  });
  t.notOk('poster_path' in (task?.result ?? {}), 'of what belongs to it, what is there');
});
