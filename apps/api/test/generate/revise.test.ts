import { hashBlueprint } from '@bachata-buddy/blueprint';
import { findTask, listTasks, takeLaunchOrders } from '@bachata-buddy/database';
import t from 'tap';
import { addPendingTask, addStartedTask, addUser } from '../catalogue.ts';
import { actAs } from '../make-test-app.ts';
import { addPlanningCatalogue } from '../planning-scene.ts';
import type { Tap } from '../tap.ts';
import { FROM_SONG, makeScene, theBlueprint, UUID, WISH } from './generation-scene.ts';

type Json = Record<string, unknown>;

const urlOf = (taskId: string) => `/api/choreography/tasks/${taskId}/revise/`;

async function makeRevisable(t: Tap, limit = 100) {
  const scene = await makeScene(t, { config: { GENERATE_RATE_LIMIT_PER_HOUR: limit } });
  const [song] = await addPlanningCatalogue(scene.database);
  const { body } = await scene.post(FROM_SONG, WISH);
  const taskId: string = body.task_id;
  /** The document as anybody reads it. */
  const documentOf = async (id: string): Promise<Json & { moves: Json[] }> =>
    JSON.parse((await scene.asMaria({ url: `/api/choreography/tasks/${id}/blueprint` })).body);
  const revise = (edits: unknown, headers: Record<string, string> = {}) =>
    scene.post(urlOf(taskId), { edits }, headers);
  return { ...scene, song, taskId, documentOf, revise };
}

/** Where two JSON values differ, as paths. */
function differences(a: unknown, b: unknown, path = ''): string[] {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return Object.is(a, b) ? [] : [path];
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) => differences((a as Json)[key], (b as Json)[key], `${path}/${key}`));
}

/** What differs between any two tasks. */
const OF_THE_TASK = ['/generation_timestamp', '/output_config/output_path', '/task_id'];

t.test('a revision is a new task whose blueprint differs in the edits alone', async (t) => {
  const { database, taskId, maria, documentOf, revise, asMaria } = await makeRevisable(t);
  const original = await documentOf(taskId);
  const used = new Set(original.moves.map((move) => move.move_id));
  const spare = Array.from({ length: 45 }, (_, index) => `move-${String(index).padStart(2, '0')}`).find(
    (id) => !used.has(id),
  )!;
  const { status, body } = await revise([
    { action: 'replace', index: 1, move_id: spare },
    { action: 'another', index: 2 },
    { action: 'transition', index: 3, transition_type: 'fade_black', duration: 0.2 },
  ]);
  t.equal(status, 202);
  t.match(body.task_id, UUID);
  t.not(body.task_id, taskId);
  t.strictSame(body, {
    task_id: body.task_id,
    song: { id: 1, title: 'Cancion 1', artist: 'Los Probadores' },
    status: 'started',
    message: 'Choreography generation started',
    poll_url: `/api/choreography/tasks/${body.task_id}`,
  });
  const revised = await documentOf(body.task_id);
  const footage = ['explanation', 'move_id', 'move_label', 'move_name', 'reason', 'video_path'];
  const allowed = new Set([
    ...OF_THE_TASK,
    '/output_config/fade_duration',
    '/moves/3/transition_type',
    '/moves/3/explanation/join',
    ...[1, 2].flatMap((index) =>
      [...footage, 'trim_start', 'trim_end', 'playback_rate', 'original_duration'].map(
        (field) => `/moves/${index}/${field}`,
      ),
    ),
  ]);
  const changed = differences(original, revised);
  t.strictSame(
    changed.filter((path) => !allowed.has(path)),
    [],
  );
  for (const path of [...OF_THE_TASK, '/moves/1/move_id', '/moves/2/move_id', '/moves/3/transition_type']) {
    t.ok(changed.includes(path), path);
  }
  t.equal(revised.moves[1]?.move_id, spare);
  t.notOk(
    [original.moves[2], revised.moves[1], revised.moves[3]].some(
      (move) => move?.move_id === revised.moves[2]?.move_id,
    ),
  );
  t.strictSame(
    [revised.moves[3]?.transition_type, (revised.output_config as Json).fade_duration],
    ['fade_black', 0.2],
  );
  t.match(revised.moves[3]?.explanation, { join: /^comes in from black/ });

  const { blueprint, sha256 } = await theBlueprint(database, body.task_id);
  t.equal(sha256, hashBlueprint(blueprint));
  t.match(await findTask(database, body.task_id), {
    userId: maria.id,
    status: 'started',
    difficulty: 'intermediate',
    energyLevel: 'high',
    style: 'modern',
    songId: 1,
  });
  const shown = { status: 'started', stage: 'video_assembly', revision_of: taskId };
  t.match((await asMaria({ url: body.poll_url })).json(), shown);
  t.notOk('revision_of' in (await asMaria({ url: `/api/choreography/tasks/${taskId}/` })).json());
  const { results } = (await asMaria({ url: '/api/choreography/tasks/?details=true' })).json();
  t.match(
    results.map((task: Json) => [task.task_id, task.revision_of]),
    [
      [body.task_id, taskId],
      [taskId, undefined],
    ],
  );
  t.same(await documentOf(taskId), original, 'the old one stays as it was');
  t.same(
    (await takeLaunchOrders(database, { limit: 9, owner: 'test' })).map((order) => order.taskId).sort(),
    [taskId, body.task_id].sort(),
  );
});

t.test('without a move the song stays filled, and a revision can be revised', async (t) => {
  const { post, taskId, documentOf, revise } = await makeRevisable(t);
  const original = await documentOf(taskId);
  const last = original.moves.length - 1;
  const first = await revise([
    { action: 'remove', index: 0 },
    { action: 'remove', index: last },
  ]);
  t.equal(first.status, 202);
  const second = await post(urlOf(first.body.task_id), { edits: [{ action: 'remove', index: 2 }] });
  t.equal(second.status, 202);
  for (const id of [first.body.task_id, second.body.task_id]) {
    const { moves, ...rest } = await documentOf(id);
    const { moves: _old, ...before } = original;
    t.same(differences(before, rest).sort(), OF_THE_TASK);
    const end = (move: Json | undefined) => Number(move?.start_time) + Number(move?.duration);
    t.equal(moves[0]?.start_time, original.moves[0]?.start_time);
    t.ok(Math.abs(end(moves.at(-1)) - end(original.moves.at(-1))) < 1e-6);
    moves.forEach((move, index) => {
      t.equal(move.clip_id, `move_${index + 1}`);
      if (index > 0)
        t.ok(Math.abs(end(moves[index - 1]) - Number(move.start_time)) < 1e-6, `no gap at ${index}`);
      t.equal((Number(move.start_time) - 1) % 2, 0, 'on a "1" of this song');
    });
  }
  const { moves } = await documentOf(first.body.task_id);
  t.not(moves[0]?.move_id, original.moves[0]?.move_id);
  t.equal(moves[0]?.transition_type, 'cut');
});

t.test('everything that is wrong with any edit is told at once, by its index', async (t) => {
  const { database, maria, taskId, documentOf, revise, post, asMaria } = await makeRevisable(t, 3);
  const last = (await documentOf(taskId)).moves.length - 1;
  const required = ['This field is required.'];
  const { status, body } = await revise([
    { action: 'replace', index: 0, move_id: 'no such move' },
    { action: 'dance', index: -1 },
    { action: 'replace', index: 1.5, move_id: '' },
    { action: 'another', index: 10_000_000_000 },
    { action: 'transition', index: 2, transition_type: 'wipe', duration: 11 },
    { action: 'remove', index: '__proto__' },
    {},
    'remove',
    null,
    { action: 'replace', index: 3, move_id: 'a\0b' },
    { action: 'remove', index: 4 },
    { action: 'another', index: 4 },
    JSON.parse('{"__proto__":{"action":"remove","index":1}}'),
  ]);
  t.equal(status, 400);
  t.strictSame(body, {
    edits: {
      0: { move_id: ['Move "no such move" does not exist.'] },
      1: {
        action: ['"dance" is not a valid choice.'],
        index: ['Ensure this value is greater than or equal to 0.'],
      },
      2: { index: ['A valid integer is required.'], move_id: ['This field may not be blank.'] },
      3: { index: [`Ensure this value is less than or equal to ${last}.`] },
      4: {
        transition_type: ['"wipe" is not a valid choice.'],
        duration: ['Ensure this value is less than or equal to 10.'],
      },
      5: { index: ['A valid integer is required.'] },
      6: { action: required, index: required },
      7: { non_field_errors: ['Invalid data. Expected a dictionary, but got str.'] },
      8: { non_field_errors: ['This field may not be null.'] },
      9: { non_field_errors: ['Null characters are not allowed.'] },
      11: { index: ['Another edit changes this move already.'] },
      12: { action: required, index: required },
    },
  });
  // As text: no client could write this from objects.
  const deep = `{"edits":[{"action":"another","index":1,"x":${'['.repeat(40)}${']'.repeat(40)}}]}`;
  const json = { 'content-type': 'application/json' };
  const nested = await asMaria({ method: 'POST', url: urlOf(taskId), payload: deep, headers: json });
  const tooDeep = { edits: { 0: { non_field_errors: ['This value is nested too deeply.'] } } };
  t.strictSame([nested.statusCode, nested.json()], [400, tooDeep]);
  const hostile: [edits: unknown, body: object][] = [
    [undefined, { edits: required }],
    [[], { edits: ['This list may not be empty.'] }],
    [{ 0: { action: 'remove', index: 1 } }, { edits: ['Expected a list of items but got type "dict".'] }],
    [Array(10_000).fill({}), { edits: ['Ensure this field has no more than 50 elements.'] }],
  ];
  for (const [edits, expected] of hostile) {
    t.strictSame(await revise(edits), { status: 400, body: expected });
  }
  const pending = await addPendingTask(database, maria.id, { songId: 1 });
  const nothing = { status: 400, body: { error: 'This task has no blueprint to revise.' } };
  t.strictSame(await post(urlOf(pending), { edits: [{ action: 'another', index: 0 }] }), nothing);
  t.equal(
    (await listTasks(database, { userId: maria.id, limit: 1, offset: 0 })).count,
    2,
    'no task was made',
  );
});

t.test('a revision counts as a generation, is made once a key, and only by the owner', async (t) => {
  const { app, database, revise, taskId } = await makeRevisable(t, 2);
  const asEve = actAs(app, await addUser(database, 'eve'));
  const edits = [{ action: 'another', index: 1 }];
  const foreign = await asEve({ method: 'POST', url: urlOf(taskId), payload: { edits } });
  const refusal = { detail: 'You do not have permission to access this task' };
  t.strictSame([foreign.statusCode, foreign.json()], [403, refusal]);
  const unknown = await asEve({ method: 'POST', url: urlOf('constructor'), payload: { edits } });
  t.strictSame([unknown.statusCode, unknown.json()], [404, { detail: 'Task not found' }]);
  t.equal((await app.inject({ method: 'POST', url: urlOf(taskId), payload: { edits } })).statusCode, 401);

  const headers = { 'idempotency-key': 'once' };
  t.equal((await revise([{ action: 'another', index: 999 }], headers)).status, 400, 'which frees the key');
  const first = await revise(edits, headers);
  t.equal(first.status, 202);
  t.strictSame(await revise(edits, headers), first);
  t.equal((await revise([{ action: 'remove', index: 1 }], headers)).status, 422);
  t.equal((await revise(edits)).status, 429);
});

t.test('a document of another hand is not taken for a plan', async (t) => {
  const { database, maria, post } = await makeRevisable(t);
  const strange = await addStartedTask(database, maria.id, { songId: 1 });
  const { status, body } = await post(urlOf(strange), { edits: [{ action: 'another', index: 0 }] });
  t.strictSame(
    { status, body },
    { status: 400, body: { error: 'This blueprint was not planned here and cannot be revised.' } },
  );
});

t.test('a preview shows what the edits would make, makes no task and spends no generation', async (t) => {
  const { database, maria, taskId, documentOf, revise, asMaria, post } = await makeRevisable(t, 2);
  const original = await documentOf(taskId);
  const edits = [
    { action: 'another', index: 2 },
    { action: 'move', index: 4, to: 5 },
    { action: 'transition', index: 3, transition_type: 'fade_black' },
  ];
  const url = `${urlOf(taskId)}?preview=1`;
  const preview = (given: unknown) => post(url, { edits: given });
  const shown = await preview(edits);
  t.equal(shown.status, 200);
  t.equal(shown.body.media.clip_urls.length, shown.body.blueprint.moves.length);
  t.equal(shown.body.blueprint.moves[5].move_id, original.moves[4]?.move_id);
  t.equal((await listTasks(database, { userId: maria.id, limit: 9, offset: 0 })).count, 1);
  for (let again = 0; again < 3; again++) await preview(edits);
  const limited = await asMaria({ method: 'POST', url, payload: { edits } });
  t.match(limited.headers['ratelimit-policy'], /^"preview";q=600/);
  const last = original.moves.length - 1;
  t.strictSame(await preview([{ action: 'move', index: 1, to: 99 }]), {
    status: 400,
    body: { edits: { 0: { to: [`Ensure this value is less than or equal to ${last}.`] } } },
  });
  t.match(await preview([{ action: 'move', index: 1 }]), {
    status: 400,
    body: { edits: { 0: { to: ['This field is required.'] } } },
  });
  const made = await revise(edits);
  t.equal(made.status, 202, 'the hour has its second generation still');
  const changed = differences(shown.body.blueprint, await documentOf(made.body.task_id));
  t.strictSame(changed.sort(), OF_THE_TASK, 'it is what was shown');
});
