import { failTask, findTask, takeLaunchOrders } from '@bachata-buddy/database';
import t from 'tap';
import { addCompletedTask, addPendingTask, addSong, addStartedTask, addUser } from '../catalogue.ts';
import { actAs, makeTestApp } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

async function makeScene(t: Tap) {
  const { app, database } = await makeTestApp(t);
  const maria = await addUser(database, 'maria');
  const eve = await addUser(database, 'eve');
  const song = await addSong(database, 'Del mar', { bpm: 115 });
  return { app, database, maria, song, asMaria: actAs(app, maria), asEve: actAs(app, eve) };
}

t.test('a task shows what its status has to show', async (t) => {
  const { database, maria, song, asMaria } = await makeScene(t);
  const show = async (taskId: string) => {
    const answer = await asMaria({ url: `/api/choreography/tasks/${taskId}` });
    t.equal(answer.statusCode, 200);
    const { created_at: createdAt, updated_at: updatedAt, ...rest } = answer.json();
    t.match([createdAt, updatedAt], [TIMESTAMP, TIMESTAMP]);
    return rest;
  };
  const shown = { ...song, duration: 200.5, created_at: `${song.createdAt.toISOString().slice(0, 19)}Z` };
  const songView = {
    id: shown.id,
    title: 'Del mar',
    artist: 'Los Probadores',
    duration: 200.5,
    bpm: 115,
    genre: null,
    created_at: shown.created_at,
  };
  const always = { song: songView, difficulty: 'intermediate', style: 'modern' };

  const pending = await addPendingTask(database, maria.id, { songId: song.id });
  t.strictSame(await show(pending), {
    task_id: pending,
    status: 'pending',
    progress: 0,
    stage: 'generating_blueprint',
    message: 'Generating choreography blueprint...',
    ...always,
  });
  const started = await addStartedTask(database, maria.id, { songId: song.id });
  t.match(await show(started), { status: 'started', progress: 0, stage: 'video_assembly', ...always });

  const completed = await addCompletedTask(database, maria.id, { songId: song.id });
  const { completed_at: completedAt, ...rest } = await show(completed);
  t.match(completedAt, TIMESTAMP);
  t.strictSame(rest, {
    task_id: completed,
    status: 'completed',
    progress: 100,
    stage: 'completed',
    message: 'Choreography generated successfully',
    result: {
      video_url: `/media/output/choreography_${completed}.mp4`,
      duration: 227.18,
      file_size: 36_992_903,
      num_moves: 29,
      difficulty: 'intermediate',
    },
    ...always,
  });
  await failTask(database, started, 'FFmpeg error: Invalid video codec', {
    message: 'Video assembly failed',
  });
  t.strictSame(await show(started), {
    task_id: started,
    status: 'failed',
    progress: 0,
    stage: 'video_assembly',
    message: 'Video assembly failed',
    error: 'FFmpeg error: Invalid video codec',
    ...always,
  });
  const songless = await addPendingTask(database, maria.id, { difficulty: null, style: null });
  t.match(await show(songless), { song: null, difficulty: null, style: null });
});

t.test("a task that is not there, or somebody else's, is not shown, cancelled or played", async (t) => {
  const { database, maria, asMaria, asEve } = await makeScene(t);
  const taskId = await addCompletedTask(database, maria.id);
  const unknown = [404, { detail: 'Task not found' }];
  for (const id of [UNKNOWN_ID, 'abc-123-def-456', '%27%20or%201=1', 'x'.repeat(90)]) {
    for (const method of ['GET', 'DELETE'] as const) {
      const answer = await asMaria({ method, url: `/api/choreography/tasks/${id}/` });
      t.strictSame([answer.statusCode, answer.json()], unknown, `${method} ${id}`);
    }
    const video = await asMaria({ url: `/api/choreography/videos/${id}/` });
    t.strictSame([video.statusCode, video.json()], unknown);
  }
  for (const method of ['GET', 'DELETE'] as const) {
    const answer = await asEve({ method, url: `/api/choreography/tasks/${taskId}/` });
    const refusal = { detail: 'You do not have permission to access this task' };
    t.strictSame([answer.statusCode, answer.json()], [403, refusal]);
  }
  const video = await asEve({ url: `/api/choreography/videos/${taskId}/` });
  t.strictSame(
    [video.statusCode, video.json()],
    [403, { error: 'You do not have permission to access this video' }],
  );
  t.equal((await asMaria({ url: `/api/choreography/tasks/${taskId.toUpperCase()}/` })).statusCode, 200);
});

t.test('cancelling ends a task that has not ended, and its launch order', async (t) => {
  const { database, maria, asMaria } = await makeScene(t);
  for (const add of [addPendingTask, addStartedTask]) {
    const taskId = await add(database, maria.id);
    // Clients name a content type although they send nothing.
    const headers = { 'content-type': 'application/json' };
    const answer = await asMaria({ method: 'DELETE', url: `/api/choreography/tasks/${taskId}/`, headers });
    t.strictSame(
      [answer.statusCode, answer.json()],
      [200, { message: 'Task cancelled successfully', task_id: taskId, status: 'failed' }],
    );
    t.match(await findTask(database, taskId), {
      status: 'failed',
      error: 'Cancelled by user',
      message: 'Task cancelled by user',
    });
    const again = await asMaria({ method: 'DELETE', url: `/api/choreography/tasks/${taskId}` });
    const text = 'Cannot cancel task with status "failed". Only started or running tasks can be cancelled.';
    t.strictSame([again.statusCode, again.json()], [400, { error: text }]);
  }
  t.strictSame(await takeLaunchOrders(database, { limit: 9, owner: 'test' }), []);
  const completed = await addCompletedTask(database, maria.id);
  const answer = await asMaria({ method: 'DELETE', url: `/api/choreography/tasks/${completed}/` });
  t.match(answer.json(), { error: /^Cannot cancel task with status "completed"\./ });
});

t.test('the list holds the own tasks, newest first, by status', async (t) => {
  const { database, maria, asMaria, asEve } = await makeScene(t);
  const first = await addCompletedTask(database, maria.id);
  const second = await addPendingTask(database, maria.id);
  const list = async (query = '', as = asMaria) => {
    const answer = await as({ url: `/api/choreography/tasks/${query}` });
    return answer.json().results.map((task: { task_id: string }) => task.task_id);
  };
  t.strictSame(await list(), [second, first]);
  t.strictSame(await list('?status=completed'), [first]);
  t.strictSame(await list('?status=pending'), [second]);
  t.strictSame(await list('?status=&page_size=0'), [second, first]);
  t.strictSame(await list('?page_size=1&page=2'), [first]);
  t.strictSame(await list('', asEve), []);
  const item = (await asMaria({ url: '/api/choreography/tasks?status=completed' })).json().results[0];
  const fields = ['task_id', 'status', 'progress', 'stage', 'message', 'song', 'created_at', 'updated_at'];
  t.strictSame(Object.keys(item), fields);
  const bad = await asMaria({ url: '/api/choreography/tasks/?status=done' });
  const text = 'Invalid status. Must be one of: pending, started, running, completed, failed';
  t.strictSame([bad.statusCode, bad.json()], [400, { error: text }]);
});
