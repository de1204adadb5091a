import { hashBlueprint } from '@bachata-buddy/blueprint';
import { claimTask, completeTask, failTask, listTasks } from '@bachata-buddy/database';
import t from 'tap';
import { addUser } from '../catalogue.ts';
import { actAs } from '../make-test-app.ts';
import { addPlanningCatalogue } from '../planning-scene.ts';
import type { Tap } from '../tap.ts';
import { FROM_SONG, makeScene, theBlueprint, UUID, WISH } from './generation-scene.ts';

const urlOf = (taskId: string) => `/api/choreography/tasks/${taskId}/versions/`;
const SLOW = { kind: 'slow', speed: 0.75 };

async function makeFinished(t: Tap, limit = 100) {
  const scene = await makeScene(t, { config: { GENERATE_RATE_LIMIT_PER_HOUR: limit } });
  const { database, post, asMaria } = scene;
  await addPlanningCatalogue(database);
  const taskId: string = (await post(FROM_SONG, WISH)).body.task_id;
  const finish = async (id: string) => {
    const claimed = await claimTask(database, id);
    await completeTask(database, id, claimed!.attempt, { output_path: `output/choreography_${id}.mp4` });
  };
  const ask = (body: object, headers: Record<string, string> = {}) => post(urlOf(taskId), body, headers);
  const taskOf = async (id: string) => (await asMaria({ url: `/api/choreography/tasks/${id}/` })).json();
  return { ...scene, taskId, finish, ask, taskOf };
}

t.test('a slow version is a task of its own with the same footage, every time of it stretched', async (t) => {
  const { database, taskId, finish, ask, taskOf } = await makeFinished(t);
  await finish(taskId);
  t.notOk('versions' in (await taskOf(taskId)), 'nothing is said where there are none');
  const { status, body } = await ask(SLOW);
  t.equal(status, 202);
  t.match(body, { task_id: UUID, status: 'started', song: { id: 1 } });
  t.not(body.task_id, taskId);
  const { blueprint: original } = await theBlueprint(database, taskId);
  const { blueprint: slow, sha256 } = await theBlueprint(database, body.task_id);
  t.equal(sha256, hashBlueprint(slow));
  t.equal(slow.output_config.song_speed, 0.75);
  t.equal(slow.output_config.output_path, `data/output/choreography_${body.task_id}.mp4`);
  t.ok(Math.abs(slow.total_duration * 0.75 - original.total_duration) < 1e-5);
  for (const [index, move] of slow.moves.entries()) {
    const was = original.moves[index]!;
    t.ok(Math.abs(move.start_time * 0.75 - was.start_time) < 1e-5);
    t.ok(Math.abs(move.duration * 0.75 - was.duration) < 1e-5);
    const footage = move.duration * move.playback_rate! - was.duration * was.playback_rate!;
    t.ok(Math.abs(footage) < 1e-4, 'the same part of the clip');
    t.strictSame([move.video_path, move.trim_start], [was.video_path, was.trim_start]);
  }
  const version = { kind: 'slow', speed: 0.75 };
  t.match(await taskOf(body.task_id), { version_of: taskId, original_task_id: taskId, version });
  t.strictSame((await taskOf(taskId)).versions, [{ task_id: body.task_id, ...version, status: 'started' }]);
});

t.test('a mirrored version differs from its original in two wishes alone', async (t) => {
  const { database, taskId, finish, ask, taskOf } = await makeFinished(t);
  await finish(taskId);
  const { body } = await ask({ kind: 'mirrored' });
  const { blueprint: original } = await theBlueprint(database, taskId);
  const { blueprint: made } = await theBlueprint(database, body.task_id);
  const { output_config: output, task_id: _id, generation_timestamp: _at, ...rest } = made;
  const { output_config: before, task_id: _was, generation_timestamp: _then, ...same } = original;
  t.same(rest, same);
  t.same({ ...output, output_path: '' }, { ...before, output_path: '', mirrored: true, show_counts: true });
  t.strictSame((await taskOf(body.task_id)).version, { kind: 'mirrored' });
});

t.test('asked for once or many times, a version is there once; one that failed is made anew', async (t) => {
  const { database, maria, taskId, finish, ask, taskOf } = await makeFinished(t);
  await finish(taskId);
  const answers = await Promise.all(Array.from({ length: 6 }, () => ask(SLOW)));
  const ids = new Set(answers.map(({ body }) => body.task_id));
  t.strictSame([answers.every(({ status }) => status === 202), ids.size], [true, 1]);
  const [first = ''] = ids;
  await finish(first);
  t.match((await ask(SLOW)).body, { task_id: first, status: 'completed' });
  const fast = (await ask({ kind: 'slow', speed: 0.85 })).body.task_id;
  await failTask(database, fast, 'No disk.');
  const again = (await ask({ kind: 'slow', speed: 0.85 })).body.task_id;
  t.not(again, fast);
  t.strictSame(
    (await taskOf(taskId)).versions.map(({ task_id }: { task_id: string }) => task_id),
    [first, again],
  );
  t.equal((await listTasks(database, { userId: maria.id, limit: 1, offset: 0 })).count, 4);
});

t.test('a version that failed and was made anew is not rendered again beside the new one', async (t) => {
  const { database, taskId, finish, ask, post, taskOf } = await makeFinished(t);
  await finish(taskId);
  const first = (await ask(SLOW)).body.task_id;
  await finish(first);
  const again = (id: string) => post(`/api/choreography/tasks/${id}/render/`, {});
  t.match(await again(first), { status: 202, body: { task_id: first } }, 'its video has expired');
  await failTask(database, first, 'No disk.');
  t.match(await again(first), { status: 202 }, 'a round that failed may be repeated');
  await failTask(database, first, 'No disk.');
  const second = (await ask(SLOW)).body.task_id;
  t.not(second, first);
  const error = 'This practice version has been made anew. Its original lists the one that counts.';
  t.strictSame(await again(first), { status: 409, body: { error } });
  t.equal((await taskOf(first)).status, 'failed', 'and stays as it was');
  t.equal((await taskOf(taskId)).versions[0].task_id, second);
});

t.test('only a finished original has versions, and only those that there can be', async (t) => {
  const { taskId, finish, ask, post } = await makeFinished(t);
  const refused = (body: object) => ({ status: 400, body });
  t.strictSame(await ask(SLOW), refused({ error: 'Cannot make a version of a task with status "started".' }));
  await finish(taskId);
  t.strictSame(await ask({ kind: 'slow' }), refused({ speed: ['This field is required.'] }));
  t.strictSame(await ask({ kind: 'slow', speed: 0.5 }), refused({ speed: ['"0.5" is not a valid choice.'] }));
  t.strictSame(await ask({ kind: 'fast' }), refused({ kind: ['"fast" is not a valid choice.'] }));
  const { body } = await ask(SLOW);
  await finish(body.task_id);
  t.strictSame(
    await post(urlOf(body.task_id), SLOW),
    refused({ error: 'This task is a practice version itself. Ask for versions of its original.' }),
  );
});

t.test('a version is not changed: its original is', async (t) => {
  const { database, maria, taskId, finish, ask, post, asMaria } = await makeFinished(t);
  await finish(taskId);
  for (const body of [SLOW, { kind: 'mirrored' }]) {
    const { task_id: versionId } = (await ask(body)).body;
    await finish(versionId);
    const task = `/api/choreography/tasks/${versionId}`;
    const edits = [{ action: 'remove', index: 1 }];
    for (const url of [`${task}/revise/`, `${task}/revise/?preview=1`]) {
      const { status, body: said } = await post(url, { edits });
      t.equal(status, 400, url);
      t.match(said, { error: /practice version.*original/ });
    }
    const answer = await asMaria({ url: `${task}/moves/0/alternatives/` });
    t.equal(answer.statusCode, 400);
    t.equal(answer.headers['x-error-code'], 'NOT_REVISABLE');
  }
  const { count } = await listTasks(database, { userId: maria.id, limit: 1, offset: 0 });
  t.equal(count, 3, 'nothing was made of them');
});

t.test('a version counts as a generation, is made once a key, and only by the owner', async (t) => {
  const { app, database, taskId, finish, ask } = await makeFinished(t, 2);
  await finish(taskId);
  const asEve = actAs(app, await addUser(database, 'eve'));
  t.equal((await asEve({ method: 'POST', url: urlOf(taskId), payload: SLOW })).statusCode, 403);
  t.equal((await app.inject({ method: 'POST', url: urlOf(taskId), payload: SLOW })).statusCode, 401);
  const headers = { 'idempotency-key': 'once' };
  const first = await ask(SLOW, headers);
  t.strictSame(await ask(SLOW, headers), first);
  t.equal((await ask({ kind: 'mirrored' }, headers)).status, 422);
  t.equal((await ask({ kind: 'mirrored' })).status, 429);
});
