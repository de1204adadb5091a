import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseBlueprint } from '@bachata-buddy/blueprint';
import {
  addClassPlanSequence,
  claimTask,
  completeTask,
  createClassPlan,
  createRefreshSession,
  deleteSavedChoreography,
  findAnalysis,
  findPasswordReset,
  findRefreshSession,
  findSong,
  findTask,
  findUserById,
  listKeptMoves,
  saveChoreography,
  storeBlueprintAndOrderLaunch,
  takeLaunchOrders,
} from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { ANALYSIS_VERSION } from '@bachata-buddy/music';
import { makeLogger } from '@bachata-buddy/platform';
import { programArguments } from '@bachata-buddy/platform/testkit';
import { makeLocalStore, storageError } from '@bachata-buddy/storage';
import t from 'tap';
import { hashToken } from '../src/auth/tokens.ts';
import { administer } from '../src/commands/administer.ts';
import { parseChoice, parseSongId, parseWholeNumber, requireOptionsOf } from '../src/commands/choice.ts';
import { joinNegativeValues, parseGridChange } from '../src/commands/grid-options.ts';
import { type PlanWish, planDocument } from '../src/commands/plan-document.ts';
import { removeMoveAndFiles, removeSongAndFiles } from '../src/commands/remove-media.ts';
import { makePlanner } from '../src/generate/planner.ts';
import { addPendingTask, addStartedTask, addUser } from './catalogue.ts';
import { JOB_NAME, makeCloudRunScene } from './launch/cloud-run-scene.ts';
import { watch } from './launch/watched.ts';
import { hearsNothing } from './make-test-app.ts';
import { addPlanningCatalogue } from './planning-scene.ts';
import type { Tap } from './tap.ts';

const NO_WISH: PlanWish = {
  songId: undefined,
  query: undefined,
  difficulty: undefined,
  energyLevel: undefined,
  style: undefined,
  seed: undefined,
};
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

async function run(
  command: 'plan' | 'parse-query' | 'admin' | 'tasks' | 'songs' | 'moves',
  args: readonly string[],
  env: Record<string, string> = {},
) {
  const environment = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env };
  const options = { cwd: ROOT, env: environment, timeout: 60_000 };
  const program = [...programArguments(`apps/api/src/commands/${command}.ts`), ...args];
  const answer = await promisify(execFile)(process.execPath, program, options).then(
    ({ stdout, stderr }) => ({ exitCode: 0, stdout, stderr }),
    (error) => ({
      exitCode: error.code as number,
      stdout: error.stdout as string,
      stderr: error.stderr as string,
    }),
  );
  return answer;
}

async function makePlanScene(t: Tap) {
  const { url, db: database } = await makeTestDatabase(t);
  await addPlanningCatalogue(database);
  const store = makeLocalStore({ rootDirectory: t.testdir() });
  const log = makeLogger({ name: 'test', level: 'silent' });
  const planner = makePlanner({ database, store, analyseSound: hearsNothing, log });
  t.teardown(() => planner.close());
  const plan = (wish: Partial<PlanWish>) => planDocument(database, planner, { ...NO_WISH, ...wish });
  return { url, database, plan };
}

t.test('the program prints and writes the blueprint that the same wish gives anywhere', async (t) => {
  const { url, database, plan } = await makePlanScene(t);
  const out = join(t.testdir(), 'blueprint.json');
  const args = ['--song', '1', '--difficulty', 'beginner', '--seed', '3', '--out', out];
  const { exitCode, stdout, stderr } = await run('plan', args, { DATABASE_URL: url });
  t.equal(exitCode, 0, stderr);
  t.match(stdout, /^Cancion 1 by Los Probadores: 66\.0 s, 120 beats a minute\nbeginner, seed 3\n/);
  const expected = await plan({ songId: 1, difficulty: 'beginner', seed: 3 });
  t.equal(readFileSync(out, 'utf8'), `${JSON.stringify(expected, null, 2)}\n`, 'byte for byte');
  t.match(parseBlueprint(expected), { difficulty_level: 'beginner', seed: 3, song: { id: 1 } });
  const { rows } = await database.pool.query('select count(*)::int as count from choreography_tasks');
  t.equal(rows[0]?.count, 0, 'no task is made');
});

t.test('a file that cannot be written is refused before anything is planned', async (t) => {
  const folder = t.testdir();
  t.strictSame(
    await run('plan', ['--song', '1', '--out', folder], { DATABASE_URL: 'postgres://127.0.0.1:1/none' }),
    { exitCode: 2, stdout: '', stderr: `error: ${folder} is a folder, not the name of a file.\n` },
  );
});

t.test('a sentence chooses the song, and options go before what it says', async (t) => {
  const { plan } = await makePlanScene(t);
  const query = 'an energetic dance to Cancion 2 please';
  t.match(await plan({ query, style: 'playful' }), {
    song: { id: 2 },
    generation_parameters: { style: 'playful', energy_level: 'high', ai_mode: true },
  });
  t.match(await plan({ query, songId: 1 }), {
    song: { id: 1 },
    generation_parameters: { style: 'energetic' },
  });
});

t.test('a plan that cannot be says why', async (t) => {
  const { plan } = await makePlanScene(t);
  await t.rejects(plan({ songId: 999 }), { message: 'Song with id 999 does not exist.' });
  await t.rejects(plan({ songId: 99_999_999_999 }), { message: 'Song with id 99999999999 does not exist.' });
  await t.rejects(plan({}), { code: 'USAGE' });
  t.throws(() => parseChoice('style', 'salsa', ['a', 'b']), {
    code: 'USAGE',
    message: '--style must be one of: a, b',
  });
  for (const text of ['x', '-1', '1.5', '99999999999999999'])
    t.throws(() => parseWholeNumber('seed', text), { code: 'USAGE' });
});

t.test('a number that nothing can have is refused as what it is', async (t) => {
  t.equal(parseWholeNumber('seed', '0'), 0);
  t.equal(parseWholeNumber('limit', '1', 1), 1);
  t.throws(() => parseWholeNumber('limit', '0', 1), {
    code: 'USAGE',
    message: '--limit must be a whole number from 1 up',
  });
  t.equal(parseSongId('7'), 7);
  for (const id of ['x', '', '-1', '1.5', '1e3', '--dry-run'])
    t.throws(() => parseSongId(id), { code: 'USAGE', message: `"${id}" is not the id of a song` }, id);
  for (const id of ['0', '2147483648', '9999999999999999'])
    t.throws(() => parseSongId(id), { code: 'SONG_UNKNOWN', message: `There is no song ${id}.` }, id);
});

t.test('an option that says nothing to an action is not ignored', async (t) => {
  const optionsOf = { list: [], remove: ['dry-run'], 'set-grid': ['clear'] };
  requireOptionsOf('list', optionsOf, {});
  requireOptionsOf('remove', optionsOf, { 'dry-run': true });
  t.throws(() => requireOptionsOf('set-grid', optionsOf, { clear: true, 'dry-run': true }), {
    code: 'USAGE',
    message: 'set-grid takes no --dry-run. See --help.',
  });
});

t.test('an operator says who is an instructor', async (t) => {
  const { url, db: database } = await makeTestDatabase(t);
  const { id } = await addUser(database, 'Carla');
  const admin = (...args: string[]) => run('admin', args, { DATABASE_URL: url });
  const [help, unknown, incomplete, none] = await Promise.all([
    admin('--help'),
    admin('grant-instructor', 'cárla'),
    admin('grant-instructor'),
    admin('list-instructors'),
  ]);
  t.match(help, { exitCode: 0, stdout: /^Usage: pnpm admin/ });
  const text = 'error: There is no account named "cárla".\n';
  t.match(unknown, { exitCode: 1, stderr: text });
  t.match(incomplete, { exitCode: 2, stderr: /^error: Give the name of one account/ });
  t.match(none, { exitCode: 0, stdout: 'There is no instructor.\n' });
  const say = (...words: string[]) => administer(database, words);
  t.equal(await say('grant-instructor', 'Carla'), 'Carla is an instructor now.');
  t.match(await findUserById(database, id), { isInstructor: true, isStaff: false });
  t.match(await admin('list-instructors'), { exitCode: 0, stdout: 'Carla\n' });
  t.equal(await say('revoke-instructor', 'Carla'), 'Carla is no instructor any more.');
  t.match(await findUserById(database, id), { isInstructor: false });
});

t.test('an operator says who is staff, and whom the service lets in', async (t) => {
  const { url, db: database } = await makeTestDatabase(t);
  const { id: userId } = await addUser(database, 'Carla');
  await createRefreshSession(database, { userId, tokenHash: 'h', expiresAt: new Date('2040-01-01') });
  const say = (...words: string[]) => administer(database, words);
  t.equal(await say('grant-staff', 'Carla'), 'Carla is staff now.');
  t.match(await findUserById(database, userId), { isStaff: true, isInstructor: false });
  t.equal(await say('list-staff'), 'Carla');
  t.equal(await say('disable-user', 'Carla'), 'Carla is disabled; sessions ended: 1.');
  t.match(await findUserById(database, userId), { isActive: false });
  t.type((await findRefreshSession(database, 'h'))?.revokedAt, Date);
  t.equal(await say('enable-user', 'Carla'), 'Carla may log in again.');
  t.equal(await say('revoke-staff', 'CARLA'), 'Carla is not staff any more.');
  await t.rejects(say('rename-user', 'Carla', 'a b'), { code: 'USAGE', message: /letters, digits/ });
  const reset = await run('admin', ['reset-password', 'carla'], { DATABASE_URL: url });
  const [, token = ''] =
    /^http:\/\/localhost:8000\/reset-password#token=([\w-]{43})\n$/.exec(reset.stdout) ?? [];
  t.match(await findPasswordReset(database, hashToken(token)), { id: userId }, 'what it prints is good');
  t.equal(await say('rename-user', 'carla', 'Ca\u0301rla'), 'carla is Cárla now.');
  t.match(await findUserById(database, userId), { isActive: true, isStaff: false });
});

t.test('an operator says how a song is counted, and takes it back', async (t) => {
  const { url, database, plan } = await makePlanScene(t);
  const songs = (...args: string[]) => run('songs', args, { DATABASE_URL: url, STORAGE: 'local' });
  const before = await plan({ songId: 1 });
  const set = await songs('set-grid', '1', '--half-time', '--shift-counts', '-1');
  t.match(set, {
    exitCode: 0,
    stdout: '    1   60.0 BPM  Cancion 1 by Los Probadores  (half time, shifted by -1)\n',
  });
  t.match((await songs('list')).stdout.split('\n'), [/half time/, /Cancion 2 by Los Probadores$/]);
  await t.rejects(plan({ songId: 1 }), { code: 'CHOREOGRAPHY_NO_PLAYABLE_MOVES' }, 'no clip is so slow');
  await songs('set-grid', '1', '--shift-counts', '4', '--first-eight', '3');
  const counted = await plan({ songId: 1 });
  t.equal(counted.eights?.[0], 3);
  t.match(counted.rhythm_confidence, { tempo: 1, downbeat: 1 });
  t.match(await findAnalysis(database, 'hash-0', ANALYSIS_VERSION), { tempoBpm: 120 }, 'as measured still');
  t.match(await songs('set-grid', '1', '--clear'), {
    exitCode: 0,
    stdout: /1 {2}120\.0 BPM {2}Cancion 1 by [^(]*$/,
  });
  t.same({ ...(await plan({ songId: 1 })), generation_timestamp: 0 }, { ...before, generation_timestamp: 0 });
  t.match(await songs('set-grid', '1', '--first-eight', '400'), {
    exitCode: 1,
    stderr: /There is no beat at 400 s/,
  });
  t.match(await songs('set-grid', '99', '--clear'), { exitCode: 1, stderr: /There is no song 99/ });
});

t.test(
  'songs and moves go with their files, once no task, collection or class plan needs them',
  async (t) => {
    const { url, database, plan } = await makePlanScene(t);
    const media = t.testdir();
    const source = join(media, 'source');
    writeFileSync(source, 'bytes');
    const store = makeLocalStore({ rootDirectory: media });
    const put = (key: string) => store.putFile(source, key, { contentType: 'application/octet-stream' });
    const has = async (key: string) => (await store.stat(key)) !== null;
    const scene = { database, store, isDry: false };
    const blueprint = parseBlueprint(await plan({ songId: 1 }));
    const named = blueprint.moves[0]!.move_id!;
    const kept = await listKeptMoves(database);
    const clip = kept.find(({ moveId }) => moveId === named)!.videoPath;
    const others = kept.filter(({ moveId }) => !blueprint.moves.some((move) => move.move_id === moveId));
    const [free, planned] = others.map(({ moveId }) => moveId) as [string, string];
    const { audioPath } = (await findSong(database, 1, 'operator'))!;
    for (const key of [audioPath, clip, clip.replace('.mp4', '.jpg')]) await put(key);

    const { id: userId } = await addUser(database, 'ana');
    const taskId = await addPendingTask(database, userId, { songId: 1 });
    await t.rejects(removeSongAndFiles(scene, 1), { code: 'MEDIA_NEEDED', message: taskId }, 'being planned');
    await t.rejects(removeMoveAndFiles(scene, planned), { code: 'MEDIA_NEEDED' }, 'may be chosen yet');
    await storeBlueprintAndOrderLaunch(database, { taskId, blueprint, sha256: 'f'.repeat(64) });
    t.equal(
      await removeMoveAndFiles(scene, free),
      `The move ${free} is removed, and nothing needs its files.`,
    );
    t.notOk((await listKeptMoves(database)).some(({ moveId }) => moveId === free));
    const env = { DATABASE_URL: url, STORAGE: 'local', LOCAL_STORAGE_PATH: media };
    t.match(await run('moves', ['remove', named], env), {
      exitCode: 1,
      stderr: `error: The move ${named} stays: it is needed by the task ${taskId}. Wait for tasks to end`,
    });
    const { stdout } = await run('moves', ['list'], env);
    const line = stdout.split('\n').find((each) => each.startsWith(named));
    t.match(line, /^move-\d\d {2}\w+ {2}120\.0 BPM {2}16 counts {2}\(named by 1 task\)$/);

    const { attempt } = (await claimTask(database, taskId))!;
    const video = `output/choreography_${taskId}.mp4`;
    await put(video);
    await completeTask(database, taskId, attempt, {
      video_url: `/media/${video}`,
      output_path: video,
      duration: 66,
    });
    const saved = await saveChoreography(database, { userId, taskId, title: 'Mine' });
    const choreographyId = 'choreography' in saved ? saved.choreography.id : '';
    const level = { difficultyLevel: 'beginner' } as const;
    const lesson = await createClassPlan(database, { instructorId: userId, title: 'Lesson', ...level });
    await addClassPlanSequence(database, { classPlanId: lesson.id, instructorId: userId, choreographyId });
    const needed = /needed by the item of a collection "Mine" of ana; the class plan "Lesson" of ana\./;
    await t.rejects(removeSongAndFiles(scene, 1), { code: 'MEDIA_NEEDED', message: needed });
    await t.rejects(removeMoveAndFiles(scene, named), { code: 'MEDIA_NEEDED', message: needed });
    t.strictSame([await has(audioPath), await has(clip)], [true, true]);

    await deleteSavedChoreography(database, choreographyId, userId);
    t.match(await removeSongAndFiles({ ...scene, isDry: true }, 1), /^The song 1, .* can be removed/);
    t.ok(await has(audioPath), 'only looked');
    const refusing = {
      ...store,
      remove: () => Promise.reject(storageError('STORAGE_FAILED', 'Not allowed')),
    };
    await t.rejects(removeSongAndFiles({ ...scene, store: refusing }, 1), { code: 'STORAGE_FAILED' });
    t.match(await findSong(database, 1, 'operator'), { audioPath }, 'can be tried again');
    t.match(await removeSongAndFiles(scene, 1), /is removed, .* 1 ended task; finished videos stay/);
    t.match(await removeMoveAndFiles(scene, named), /is removed, .* 1 ended task/);
    t.same(await Promise.all([audioPath, clip, clip.replace('.mp4', '.jpg')].map(has)), [
      false,
      false,
      false,
    ]);
    t.ok(await has(video));
    t.match(await findTask(database, taskId), { status: 'completed', songId: null });
    await t.rejects(removeSongAndFiles(scene, 1), { code: 'SONG_UNKNOWN' });
    await t.rejects(removeMoveAndFiles(scene, named), { code: 'MOVE_UNKNOWN' });
  },
);

t.test('what is said of counts is checked', async (t) => {
  t.same(parseGridChange({ 'double-time': true, 'first-eight': '12.4' }), {
    tempo: 'double',
    firstEightSec: 12.4,
  });
  t.equal(parseGridChange({ clear: true }), null);
  t.same(joinNegativeValues(['set-grid', '1', '--shift-counts', '-3', '--clear']), [
    'set-grid',
    '1',
    '--shift-counts=-3',
    '--clear',
  ]);
  for (const wrong of [
    {},
    { 'half-time': true, 'double-time': true },
    { clear: true, 'half-time': true },
    { 'shift-counts': '0' },
    { 'shift-counts': '8' },
    { 'shift-counts': 'two' },
    { 'first-eight': '-1' },
    { 'first-eight': 'NaN' },
  ]) {
    t.throws(() => parseGridChange(wrong), { code: 'USAGE' }, JSON.stringify(wrong));
  }
});

t.test('a sentence is explained without a database', async (t) => {
  const sentence = 'Create a romantic bachata for beginners with smooth transitions';
  const json = await run('parse-query', [sentence, '--json']);
  t.match(JSON.parse(json.stdout), {
    parameters: { difficulty: 'beginner', style: 'romantic' },
    query: sentence,
  });
  const text = await run('parse-query', ['start with a turn, no dips']);
  t.match(text.stdout, /^wishes +\{.*"refused":\["dip"\]/m);
  const nonsense = await run('parse-query', ['qwrtz plmkn bvcxy hgfds']);
  t.equal(nonsense.exitCode, 1);
  t.match(nonsense.stderr, /^error: /);
});

t.test(
  'a sweep for a scheduler brings lost tasks on and submits what waits; a list shows them',
  async (t) => {
    const { url, db: database } = await makeTestDatabase(t);
    const { server } = await makeCloudRunScene(t);
    const [, GCP_PROJECT_ID = '', , CLOUD_RUN_REGION = '', , CLOUD_RUN_JOB_NAME = ''] = JOB_NAME.split('/');
    const environment = {
      DATABASE_URL: url,
      JOB_LAUNCHER: 'cloud-run',
      CLOUD_RUN_API_ENDPOINT: server.grpcEndpoint,
    };
    const { id: userId } = await addUser(database, 'maria');
    const lost = await addStartedTask(database, userId);
    await takeLaunchOrders(database, { limit: 1, owner: 'gone' });
    await database.pool.query(`update launch_orders set launched_at = now() - interval '31 s'`);
    const waiting = await addStartedTask(database, userId);
    for (const table of ['choreography_tasks', 'launch_orders']) {
      const aged = `update ${table} set created_at = now() - interval '90 s' where task_id = $1`;
      await database.pool.query(aged, [lost]);
    }
    const incomplete = await run('tasks', ['sweep'], environment);
    t.equal(incomplete.exitCode, 1);
    t.match(incomplete.stderr, /CLOUD_RUN_JOB_NAME is missing/);
    await watch(database);
    const swept = await run('tasks', ['sweep'], {
      ...environment,
      GCP_PROJECT_ID,
      CLOUD_RUN_REGION,
      CLOUD_RUN_JOB_NAME,
      LOG_LEVEL: 'error',
    });
    t.strictSame(swept, {
      exitCode: 0,
      stdout: '1 to be launched again, 0 failed, 0 still being started. 2 submitted.\n',
      stderr: '',
    });
    const again = await run('tasks', ['sweep'], {
      ...environment,
      GCP_PROJECT_ID,
      CLOUD_RUN_REGION,
      CLOUD_RUN_JOB_NAME,
      LOG_LEVEL: 'info',
    });
    const [line = ''] = again.stdout.split('\n').filter((one) => one.includes('"open tasks"'));
    const { openTasks, oldestOpenSec } = JSON.parse(line) as { openTasks: number; oldestOpenSec: number };
    t.equal(openTasks, 2);
    t.ok(oldestOpenSec >= 90 && oldestOpenSec < 300, 'the age of the oldest, in seconds');
    t.strictSame(
      server.executions.map(({ environment: { TASK_ID } }) => TASK_ID).sort(),
      [lost, waiting].sort(),
    );
    const { stdout } = await run('tasks', ['list', '--status', 'started', '--limit', '1'], {
      DATABASE_URL: url,
    });
    t.match(
      stdout,
      new RegExp(`^${waiting}  started    \\S+Z  -  0 %  attempt 0  launch 1  video-processor-\\w+\\n$`),
    );
  },
);
