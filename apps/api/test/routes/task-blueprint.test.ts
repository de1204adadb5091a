import { createHash } from 'node:crypto';
import { failTask } from '@bachata-buddy/database';
import t from 'tap';
import { explainPlan } from '../../src/commands/explained-plan.ts';
import { addPendingTask, addUser } from '../catalogue.ts';
import { FROM_SONG, makeScene, theBlueprint, WISH } from '../generate/generation-scene.ts';
import { actAs } from '../make-test-app.ts';
import { addPlanningCatalogue } from '../planning-scene.ts';

t.test('the blueprint of a task can be read', async (t) => {
  const { app, database, maria, asMaria, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const { task_id: taskId } = (await post(FROM_SONG, WISH)).body;
  const url = `/api/choreography/tasks/${taskId}/blueprint`;

  t.test('as the stored document, whose hash is its tag', async (t) => {
    for (const address of [url, `${url}/`]) {
      const answer = await asMaria({ url: address });
      t.equal(answer.statusCode, 200);
      t.match(answer.headers, {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'private, no-cache',
        etag: `"${createHash('sha256').update(answer.rawPayload).digest('hex')}"`,
      });
      const { blueprint, sha256 } = await theBlueprint(database, taskId);
      t.strictSame(answer.json(), blueprint);
      t.equal(answer.headers.etag, `"${sha256}"`, 'the hash the job checks');
    }
  });

  t.test('not again by whoever has it', async (t) => {
    const etag = String((await asMaria({ url })).headers.etag);
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await asMaria({ url, headers: { 'if-none-match': tag } });
      t.strictSame([answer.statusCode, answer.body, answer.headers.etag], [304, '', etag], tag);
    }
    t.equal((await asMaria({ url, headers: { 'if-none-match': '"other"' } })).statusCode, 200);
  });

  t.test('as a page to practise by, with nothing in it that is markup', async (t) => {
    await database.pool.query(`update songs set title = '<script>alert(1)</script>' where id = 1`);
    const { body } = await post(FROM_SONG, { ...WISH, wishes: { moves: [{ move: '<b>lift</b>' }] } });
    const answer = await asMaria({ url: `/api/choreography/tasks/${body.task_id}/sheet` });
    t.equal(answer.statusCode, 200);
    t.match(answer.headers, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': /^default-src 'none'; style-src 'unsafe-inline';/,
    });
    t.notMatch(answer.body, /<script|<b>/);
    t.match(answer.body, /<h1>&lt;script&gt;alert\(1\)&lt;\/script&gt; by /);
    t.match(answer.body, /<li>&lt;b&gt;lift&lt;\/b&gt;: the library has no such move<\/li>/);
    t.match(answer.body, /<h2>Chorus<\/h2>/);
    const { blueprint } = await theBlueprint(database, body.task_id);
    t.equal(answer.body.match(/<tr><td/g)?.length, blueprint.moves.length);
    for (const { move_name: name } of blueprint.moves) t.ok(answer.body.includes(`<td>${name}</td>`));
  });

  t.test('as a table of why each move stands where it does', async (t) => {
    const { blueprint } = await theBlueprint(database, taskId);
    const lines = explainPlan(blueprint).trimEnd().split('\n');
    t.equal(lines.length, blueprint.moves.length + 4);
    t.match(lines[4], /^ *1\.00 +(8|16) +.+ intro, phrase 1, eight 1 +.+ begins on the "1"/);
  });

  t.test('by nobody else, and not before there is one', async (t) => {
    const asEve = actAs(app, await addUser(database, 'eve'));
    const of = async (id: string, as = asMaria) => {
      const answer = await as({ url: `/api/choreography/tasks/${id}/blueprint/` });
      return [answer.statusCode, answer.json()];
    };
    const refusal = { detail: 'You do not have permission to access this task' };
    t.strictSame(await of(taskId, asEve), [403, refusal]);
    t.equal((await app.inject({ url })).statusCode, 401);
    for (const unknown of ['00000000-0000-4000-8000-000000000000', 'abc', '__proto__', '%00']) {
      t.strictSame(await of(unknown), [404, { detail: 'Task not found' }], unknown);
    }
    const pending = await addPendingTask(database, maria.id);
    t.strictSame(await of(pending), [404, { detail: 'This task has no blueprint yet.' }]);
    await failTask(database, pending, 'No beats');
    const never = 'This task has no blueprint: it ended before one was made.';
    t.strictSame(await of(pending), [404, { detail: never }]);
  });
});
