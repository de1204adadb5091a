import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  addClassPlanSequence,
  createClassPlan,
  createLoginLink,
  createPasswordReset,
  type Database,
  saveChoreography,
  saveWaveform,
  type User,
  updateUser,
} from '@bachata-buddy/database';
import { songSampleKey } from '@bachata-buddy/media';
import { makePulseClip, makePulseSong } from '@bachata-buddy/media/testkit';
import { type AnalyseSound, WAVEFORM_VERSION } from '@bachata-buddy/music';
import { makeLogger } from '@bachata-buddy/platform';
import { hashPassword } from '../../src/auth/password-hash.ts';
import { openSession, type SessionContext, type TokenPair } from '../../src/auth/sessions.ts';
import { hashToken, signAccessToken } from '../../src/auth/tokens.ts';
import { makePlanner } from '../../src/generate/planner.ts';
import { addCompletedTask, addPendingTask, addStartedTask, addUser } from '../catalogue.ts';
import { actAs, makeTestApp } from '../make-test-app.ts';
import { addHeardSong, addPlanningCatalogue } from '../planning-scene.ts';
import type { Tap } from '../tap.ts';
import { encodeForm, type FormFiles, type FormPart } from './forms.ts';
import type { FuzzRequest } from './requests.ts';

const PASSWORD = 'una-noche-larga';
/** Of the document's examples: what resets a password, and what logs in once. */
const EXAMPLE_TOKEN = '3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const UNKNOWN_ID = '11111111-2222-4333-8444-555555555555';

/** Those that have sequences first: else few requests for a sequence would name a plan that has it. */
const PLANS = `select id::text from class_plans order by
  exists (select from class_plan_sequences where class_plan_id = class_plans.id) desc, created_at, id`;
const OF_FIRST_PLAN = `where class_plan_id::text = (${PLANS} limit 1)`;

/** The thumbnails of a clip. */
const SHEET = `${'5e'.repeat(16)}.sheet.jpg`;

/** Of each kind, the ids that there are now, oldest first. */
const IDS_OF_KIND: Readonly<Record<string, string>> = {
  // Own ones are counted anew, until no move fits their tempo: they are not danced to.
  song: 'select id::text from songs where owner_id is null order by id',
  ownSong: 'select id::text from songs where owner_id is not null order by id desc limit 2',
  task: 'select task_id::text as id from choreography_tasks order by created_at, task_id limit 40',
  session:
    'select family_id::text as id from refresh_sessions where revoked_at is null order by created_at desc',
  item: 'select id::text from saved_choreographies order by created_at, id limit 40',
  plan: `${PLANS} limit 2`,
  // For what removes: the rest stays for the others.
  lastItem: 'select id::text from saved_choreographies order by created_at desc, id limit 2',
  lastPlan: 'select id::text from class_plans order by created_at desc, id limit 2',
  sequence: `select id::text from class_plan_sequences ${OF_FIRST_PLAN} order by id`,
  // All of them, for the one field that asks for that.
  sequences: `select coalesce(string_agg('"' || id || '"', ','), '') as id from class_plan_sequences
    ${OF_FIRST_PLAN}`,
  video: `select 'choreography_' || task_id || '.mp4' as id from choreography_tasks
    where status = 'completed' order by created_at, task_id limit 40`,
  picture: `select '${SHEET}' as id`,
  index: 'select generate_series(0, 2)::text as id',
};

/** The whole app with its planner, two dancers of whom one teaches, and something of everything that can be asked for. */
export async function makeFuzzScene(t: Tap, analyseSound: AnalyseSound) {
  const log = makeLogger({ name: 'fuzz', level: 'silent' });
  const { app, database, storageDirectory } = await makeTestApp(t, {
    analyseSound,
    makePlanner: (opened) => makePlanner({ ...opened, log }),
    // Streams of tasks that nobody works on have to end.
    config: {
      GENERATE_RATE_LIMIT_PER_HOUR: 30,
      MAX_OPEN_TASKS_PER_USER: 1_000,
      TASK_EVENTS_MAX_AGE_SEC: 0.01,
    },
  });
  mkdirSync(join(storageDirectory, 'prepared/clips'), { recursive: true });
  writeFileSync(join(storageDirectory, 'prepared/clips', SHEET), 'a picture');
  const files = {
    clip: await makeClip(join(storageDirectory, 'clip.mp4')),
    song: await makeSong(join(storageDirectory, 'song.wav')),
  };
  const [song] = await addPlanningCatalogue(database);
  await makeAudible(database, storageDirectory);
  const passwordHash = await hashPassword(PASSWORD);
  const users = {
    maria: await addUser(database, 'maria', { passwordHash, isInstructor: true }),
    eve: await addUser(database, 'eve', { passwordHash }),
  };
  const stock = (user: User) => addBelongings(database, user, storageDirectory, song?.id);
  for (const user of [users.maria, users.maria, users.maria, users.eve]) await stock(user);
  await giveBlueprints({ app, database }, users.maria, song?.id);
  const signIn = async (): Promise<readonly [TokenPair, TokenPair, TokenPair]> => [
    await openSession({ app, database }, users.maria),
    await openSession({ app, database }, users.maria),
    await openSession({ app, database }, users.eve),
  ];
  await addHeardSong(database, users.maria);
  let tokens = await signIn();
  const headersOf: Readonly<Record<FuzzRequest['caller'], Record<string, string>>> = {
    // Of no login: others of these requests end logins.
    maria: { authorization: `Bearer ${signAccessToken(app, users.maria.id)}` },
    eve: { authorization: `Bearer ${signAccessToken(app, users.eve.id)}` },
    nobody: {},
    forger: { authorization: `Bearer ${tokens[0].access.slice(0, -2)}` },
  };
  const send = async ({ method, url, caller, headers, body }: FuzzRequest) => {
    const resolve = (text: string) => fillIn(database, tokens, text);
    const payload = await payloadOf(body, resolve, files);
    const address = await resolve(url);
    const answering = app.inject({
      method,
      url: address,
      headers: { ...headersOf[caller], ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    return { answer: await answering.catch(ignoreCutStream), address };
  };
  const restock = async (): Promise<void> => {
    await stock(users.maria);
    await addHeardSong(database, users.maria);
    // All may have logged out, or changed their password.
    tokens = await signIn();
    for (const { id } of Object.values(users)) await updateUser(database, id, { passwordHash });
    await createPasswordReset(database, 'eve', { tokenHash: hashToken(EXAMPLE_TOKEN), validSec: 600 });
    await createLoginLink(database, 'eve', 600);
    const tokenHash = createHash('sha256').update(EXAMPLE_TOKEN).digest('hex');
    await database.pool.query('update login_links set token_hash = $1', [tokenHash]);
  };
  return { app, send, restock };
}

async function makeClip(path: string): Promise<Buffer> {
  await makePulseClip(path, { durationSec: 0.5, tempoBpm: null });
  return readFile(path);
}

async function makeSong(path: string): Promise<Buffer> {
  await makePulseSong(path, { durationSec: 0.5, tempoBpm: 120 });
  return readFile(path);
}

/** What is drawn of the first song, and a sample of it. */
async function makeAudible(database: Database, storageDirectory: string): Promise<void> {
  await saveWaveform(database, 'hash-0', WAVEFORM_VERSION, [0, 1]);
  mkdirSync(join(storageDirectory, 'prepared/songs'), { recursive: true });
  writeFileSync(join(storageDirectory, songSampleKey('hash-0')), 'a sound');
}

async function payloadOf(
  body: FuzzRequest['body'],
  resolve: (text: string) => Promise<string>,
  files: FormFiles,
): Promise<string | Buffer | undefined> {
  if (typeof body === 'string') return resolve(body);
  return body === undefined || Buffer.isBuffer(body) ? body : encodeForm(body as readonly FormPart[], files);
}

/** A stream of events whose age is over in the middle of a write is cut, and its answer with it. */
function ignoreCutStream(thrown: unknown): null {
  if ((thrown as NodeJS.ErrnoException).code !== 'LIGHT_ECONNRESET') throw thrown;
  return null;
}

async function addBelongings(
  database: Database,
  { id: userId, isInstructor }: User,
  storageDirectory: string,
  songId: number | undefined,
): Promise<void> {
  const ofSong = songId === undefined ? {} : { songId };
  const taskId = await addCompletedTask(database, userId, ofSong);
  writeFileSync(join(storageDirectory, `output/choreography_${taskId}.mp4`), 'a video');
  const saved = await saveChoreography(database, { userId, taskId });
  await addCompletedTask(database, userId, ofSong);
  await addStartedTask(database, userId, ofSong);
  await addPendingTask(database, userId, ofSong);
  if (!isInstructor || saved.outcome !== 'saved') return;
  const plan = { instructorId: userId, title: 'Plan', difficultyLevel: 'beginner' } as const;
  const { id: classPlanId } = await createClassPlan(database, plan);
  const choreographyId = saved.choreography.id;
  for (let round = 0; round < 4; round += 1) {
    await addClassPlanSequence(database, { classPlanId, instructorId: userId, choreographyId });
  }
}

/** One that is planned for real, also for the tasks that were only pretended. */
async function giveBlueprints({ app, database }: SessionContext, user: User, songId?: number): Promise<void> {
  const payload = { song_id: songId, difficulty: 'beginner' };
  const url = '/api/choreography/generate-from-song';
  const answer = await actAs(app, user)({ method: 'POST', url, payload });
  await database.pool.query(
    'update blueprints set blueprint_json = (select blueprint_json from blueprints where task_id = $1)',
    [answer.json().task_id],
  );
  // Of the completed ones, those without a video can be rendered again.
  await database.pool.query(
    `insert into blueprints (task_id, blueprint_json, sha256)
      select task.task_id, model.blueprint_json, model.sha256 from choreography_tasks task, blueprints model
      where task.status = 'completed' and model.task_id = $1 on conflict do nothing`,
    [answer.json().task_id],
  );
}

/** The text with ids and tokens for its placeholders; ids of nothing where there is nothing. */
async function fillIn(database: Database, tokens: readonly TokenPair[], text: string): Promise<string> {
  let filled = text;
  for (const [placeholder, kind = '', nth = ''] of text.matchAll(/«(\w+):(\d)»/g)) {
    filled = filled.replace(placeholder, await lookUp(database, tokens, kind, Number(nth)));
  }
  return filled;
}

async function lookUp(
  database: Database,
  tokens: readonly TokenPair[],
  kind: string,
  nth: number,
): Promise<string> {
  if (kind === 'refresh' || kind === 'access') return tokens[nth]?.[kind] ?? '';
  const query = IDS_OF_KIND[kind];
  if (query === undefined) throw new Error(`no such kind: ${kind}`);
  const { rows } = await database.pool.query<{ id: string }>(query);
  return rows[nth % Math.max(1, rows.length)]?.id ?? UNKNOWN_ID;
}
