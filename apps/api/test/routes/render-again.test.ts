import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { saveChoreography, takeLaunchOrders } from '@bachata-buddy/database';
import t from 'tap';
import { apiError } from '../../src/errors.ts';
import { addCompletedTask, addPendingTask, addSong, addStartedTask, addUser } from '../catalogue.ts';
import { actAs, makeTestApp, type TestAppOptions } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';

async function makeScene(t: Tap, options: TestAppOptions = {}) {
  const testApp = await makeTestApp(t, options);
  const { app, database, storageDirectory } = testApp;
  const maria = await addUser(database, 'maria');
  const song = await addSong(database, 'Suegra');
  const taskId = await addCompletedTask(database, maria.id, { songId: song.id });
  const asMaria = actAs(app, maria);
  const again = async (id = taskId, headers: Record<string, string> = {}) => {
    const url = `/api/choreography/tasks/${id}/render/`;
    const answer = await asMaria({ method: 'POST', url, headers });
    return { status: answer.statusCode, body: answer.json() };
  };
  const storeVideo = () =>
    writeFileSync(join(storageDirectory, `output/choreography_${taskId}.mp4`), 'pictures');
  return { ...testApp, maria, taskId, asMaria, again, storeVideo };
}

t.test('a video that is gone is rendered again, by the same task, at the same address', async (t) => {
  const { database, taskId, maria, asMaria, again } = await makeScene(t);
  await saveChoreography(database, { userId: maria.id, taskId });
  const { status, body } = await again();
  t.equal(status, 202);
  t.match(body, { task_id: taskId, status: 'started', progress: 0, song: { title: 'Suegra' } });
  t.notOk('result' in body || 'completed_at' in body);
  const { updated_at: _updated, ...shown } = (
    await asMaria({ url: `/api/choreography/tasks/${taskId}` })
  ).json();
  t.match(body, shown, 'the answer is the task as it is read');
  t.same(
    (await takeLaunchOrders(database, { limit: 9, owner: 'test' })).map((o) => o.taskId),
    [taskId],
  );
  const { results } = (await asMaria({ url: '/api/collections/' })).json();
  t.match(results, [{ task_id: taskId, video_path: `/media/output/choreography_${taskId}.mp4` }]);
  t.match(await again(), { status: 202, body: { status: 'started' } }, 'asked twice, begun once');
  t.same(await takeLaunchOrders(database, { limit: 9, owner: 'test' }), []);
});

t.test('a video that is there is not rendered again, nor one that never was', async (t) => {
  const { database, maria, again, storeVideo, taskId } = await makeScene(t);
  storeVideo();
  const refused = (error: string) => ({ status: 400, body: { error } });
  t.match(await again(), refused('The video of this task is still there.'));
  t.match(await again(await addPendingTask(database, maria.id)), refused('This task has never had a video.'));
  t.match(await again(await addStartedTask(database, maria.id)), {
    status: 202,
    body: { status: 'started' },
  });
  t.match(await again(taskId.replace(/^./, 'x')), { status: 404, body: { detail: 'Task not found' } });
});

t.test('a storage that cannot be seen has lost nothing', async (t) => {
  const { database, storageDirectory, again } = await makeScene(t);
  rmSync(join(storageDirectory, 'output'), { recursive: true });
  t.match(await again(), {
    status: 503,
    body: { error: 'The video storage cannot be reached. Try again later.' },
  });
  t.same(await takeLaunchOrders(database, { limit: 9, owner: 'test' }), []);
});

t.test('it counts as a generation, is begun once a key, and only by the owner', async (t) => {
  const { app, database, maria, taskId, again, storeVideo } = await makeScene(t, {
    config: { GENERATE_RATE_LIMIT_PER_HOUR: 2 },
  });
  const url = `/api/choreography/tasks/${taskId}/render`;
  const eve = await actAs(app, await addUser(database, 'eve'))({ method: 'POST', url });
  t.equal(eve.statusCode, 403);
  t.equal((await app.inject({ method: 'POST', url })).statusCode, 401);
  storeVideo();
  for (let n = 0; n < 3; n++) t.equal((await again()).status, 400, 'a refusal does not count');
  const other = await addCompletedTask(database, maria.id);
  const third = await addCompletedTask(database, maria.id);
  const first = await again(other, { 'idempotency-key': 'once' });
  t.equal(first.status, 202);
  await database.pool.query(`update choreography_tasks set status = 'completed' where task_id = $1`, [other]);
  t.strictSame(await again(other, { 'idempotency-key': 'once' }), first, 'the first answer again');
  t.equal((await again(other)).status, 202);
  t.equal((await again(third)).status, 429);
});

t.test('where no job can be launched the task stays as it was', async (t) => {
  const { again, asMaria, taskId } = await makeScene(t, {
    launcher: {
      capacity: 0,
      assertReady: () => Promise.reject(apiError('LAUNCH_NO_JOB', 'Not now.')),
      launch: () => Promise.reject(new Error('nothing is launched in this test')),
    },
  });
  t.match(await again(), { status: 500, body: { error: 'Failed to create job execution' } });
  t.equal((await asMaria({ url: `/api/choreography/tasks/${taskId}` })).json().status, 'completed');
});

t.test(
  'a task whose video could not be made again says that it had one; one that never had does not',
  async (t) => {
    const { database, maria, asMaria, taskId, again } = await makeScene(t);
    const never = await addPendingTask(database, maria.id);
    t.equal((await again()).status, 202);
    await database.pool.query(
      `update choreography_tasks set status = 'failed', error = 'Video file not found'`,
    );
    const read = async (id: string) => (await asMaria({ url: `/api/choreography/tasks/${id}` })).json();
    t.match(await read(taskId), { status: 'failed', error: 'Video file not found', had_video: true });
    t.notOk('result' in (await read(taskId)));
    t.notOk('had_video' in (await read(never)));
    const { results } = (await asMaria({ url: '/api/choreography/tasks/?details=true' })).json();
    t.strictSame(
      results.map((task: { had_video?: boolean }) => task.had_video),
      [undefined, true],
      'the list says the same',
    );
    t.match(await again(), { status: 202, body: { status: 'started' } }, 'and it may be tried again');
  },
);
