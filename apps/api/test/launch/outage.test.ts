import { claimTask, type Database, takeLaunchOrders } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { makeLogger } from '@bachata-buddy/platform';
import t from 'tap';
import { recoverTasks } from '../../src/launch/recovery.ts';
import { silenceToJudge } from '../../src/launch/silence-to-judge.ts';
import { addStartedTask, addUser } from '../catalogue.ts';
import type { Tap } from '../tap.ts';

const log = makeLogger({ name: 'test', level: 'silent' });

/** Ten tasks whose jobs have taken them up, watched by looks that follow each other as an API's do. */
async function makeScene(t: Tap) {
  const { db: database } = await makeTestDatabase(t);
  const { id: userId } = await addUser(database, 'maria');
  const taskIds: string[] = [];
  while (taskIds.length < 10) taskIds.push(await addStartedTask(database, userId));
  await takeLaunchOrders(database, { limit: 10, owner: 'test' });
  for (const taskId of taskIds) await claimTask(database, taskId, { execution: taskId });
  const dispatcher = { stop: () => false, nudge: () => {} };
  const look = async () => {
    const swept = await recoverTasks({ database, dispatcher, log });
    return typeof swept === 'string' ? 0 : swept.relaunched;
  };
  return { database, taskIds, look };
}

/** Time passes: everything that the database remembers is so much longer ago. */
async function pass(database: Database, sec: number): Promise<void> {
  const by = 'make_interval(secs => $1)';
  await database.pool.query(
    `update choreography_tasks set heartbeat_at = heartbeat_at - ${by}, updated_at = updated_at - ${by}`,
    [sec],
  );
  await database.pool.query(`update launch_orders set launched_at = launched_at - ${by}`, [sec]);
  await database.pool.query(
    `update sweeps set looked_at = looked_at - ${by}, clear_since = clear_since - ${by}`,
    [sec],
  );
}

async function beat(database: Database, taskIds: readonly string[]): Promise<void> {
  await database.pool.query('update choreography_tasks set heartbeat_at = now() where task_id = any($1)', [
    taskIds,
  ]);
}

for (const outageSec of [35, 60, 120]) {
  t.test(`jobs that live on through ${outageSec} s without a database keep their tasks`, async (t) => {
    const { database, taskIds, look } = await makeScene(t);
    const [dead = '', ...alive] = taskIds;
    for (let looks = 0; looks < 4; looks += 1) {
      t.equal(await look(), 0);
      await pass(database, 10);
      await beat(database, taskIds);
    }
    // Nobody can look, nobody can say a word.
    await pass(database, outageSec);
    t.equal(await look(), 0, 'the first look after it judges nobody');
    // A job speaks as soon as it can; one died in the outage.
    await pass(database, 8);
    await beat(database, alive);
    for (let sec = 8; sec < 28; sec += 10) {
      t.equal(await look(), 0, `nor does the one ${sec} s after it`);
      await pass(database, 10);
      await beat(database, alive);
    }
    await pass(database, 4);
    t.equal(await look(), 1, 'after a silence that was watched the dead one is taken from its job');
    const { rows } = await database.pool.query(`select task_id from launch_orders where state = 'queued'`);
    t.same(rows, [{ task_id: dead }]);
  });
}

t.test('where only a scheduler looks, every minute, the dead are found and the living left', async (t) => {
  const { database, taskIds, look } = await makeScene(t);
  const [dead = '', ...alive] = taskIds;
  t.equal(await look(), 0, 'the first look of all');
  await pass(database, 60);
  await beat(database, alive);
  t.equal(await look(), 0, 'it may have been silent for an outage');
  await pass(database, 60);
  await beat(database, alive);
  t.equal(await look(), 1);
  const { rows } = await database.pool.query(`select task_id from launch_orders where state = 'queued'`);
  t.same(rows, [{ task_id: dead }]);
});

t.test('how long a silence has to be', async (t) => {
  t.equal(silenceToJudge({ clearForSec: 30, lastLookSec: 10 }, 30), 0, 'watched all the time');
  t.equal(silenceToJudge({ clearForSec: 29, lastLookSec: 10 }, 30), null);
  t.equal(silenceToJudge({ clearForSec: 0, lastLookSec: null }, 30), null, 'nobody ever looked');
  t.equal(
    silenceToJudge({ clearForSec: 0, lastLookSec: 60 }, 30),
    60,
    'silent when last looked for, and since',
  );
});
