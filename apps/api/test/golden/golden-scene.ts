import { randomUUID } from 'node:crypto';
import {
  claimTask,
  completeTask,
  createClassPlan,
  type Database,
  failAttempt,
  recordProgress,
  saveAnalysis,
  type User,
} from '@bachata-buddy/database';
import { ANALYSIS_VERSION } from '@bachata-buddy/music';
import type { FastifyInstance } from 'fastify';
import { hashPassword } from '../../src/auth/password-hash.ts';
import { refreshExpiry, signAccessToken, signRefreshToken, type TokenType } from '../../src/auth/tokens.ts';
import { apiError } from '../../src/errors.ts';
import { addCompletedTask, addPendingTask, addSong, addStartedTask, addUser } from '../catalogue.ts';
import { makeScene } from '../generate/generation-scene.ts';
import { idleLauncher, type TestApp } from '../make-test-app.ts';
import { ANALYSIS, addPlanningCatalogue } from '../planning-scene.ts';
import type { Tap } from '../tap.ts';

const UNUSED_ID = '00000000-0000-4000-8000-000000000000';
const PASSWORD_HASH = await hashPassword('una-noche-larga');

/** The songs of the API document's examples under the ids that they have there. Number 2 has lost its audio. */
const SONGS: readonly (readonly [title: string, artist: string, bpm: number])[] = [
  ['Bachata Rosa', 'Juan Luis Guerra', 130],
  ['Silencio', 'Nadie', 150],
  ['Obsesion', 'Aventura', 132],
  ['Suegra', 'Romeo Santos', 123],
  ['Propuesta Indecente', 'Romeo Santos', 115],
];

/**
 * A service with songs, and moves to dance to them. `launcher.isBroken` makes every start of a job fail.
 *
 * @param generationsPerHour of one user
 */
export async function makeGoldenService(t: Tap, generationsPerHour: number) {
  const launcher = {
    ...idleLauncher,
    isBroken: false,
    assertReady: async () => {
      if (launcher.isBroken) throw apiError('LAUNCH_NO_JOB', 'No job can be started.');
    },
  };
  const config = { GENERATE_RATE_LIMIT_PER_HOUR: generationsPerHour };
  const { app, database } = await makeScene(t, { launcher, config });
  await addPlanningCatalogue(database, { songCount: 0 });
  await addSongs(database);
  return { app, database, launcher };
}

/**
 * People, and all that belongs to them, as the golden cases speak of it; what there was is gone.
 *
 * @returns access tokens by user, and what stands in braces in the cases: ids and further tokens
 */
export async function makePeople({ app, database }: Pick<TestApp, 'app' | 'database'>) {
  await database.pool.query('delete from users');
  const users = await addUsers(database);
  const { maria } = users;
  const tokenOf = ({ id }: User): string => signAccessToken(app, id);
  const tokens = Object.fromEntries(Object.entries(users).map(([name, user]) => [name, tokenOf(user)]));
  await database.pool.query('delete from users where id = $1', [users.gone.id]);
  const names: Record<string, string> = {
    nobody: UNUSED_ID,
    accessToken: tokenOf(maria),
    refreshToken: signRefreshToken(app, { userId: maria.id, expiresAt: refreshExpiry() }),
    expiredToken: signExpired(app, 'access', maria),
    expiredRefreshToken: signExpired(app, 'refresh', maria),
    ...(await addTasks(database, users)),
    plan: await addPlan(database, users.carla),
  };
  return { tokens, names };
}

async function addSongs(database: Database): Promise<void> {
  for (const [title, artist, bpm] of SONGS) {
    const contentHash = title === 'Silencio' ? null : `hash of ${title}`;
    if (contentHash !== null) await saveAnalysis(database, contentHash, ANALYSIS_VERSION, ANALYSIS);
    await addSong(database, title, { artist, bpm, genre: 'Bachata', contentHash, durationSec: 66 });
  }
}

async function addUsers(database: Database) {
  return {
    maria: await addUser(database, 'maria'),
    eve: await addUser(database, 'eve'),
    carla: await addUser(database, 'carla', { isInstructor: true }),
    otto: await addUser(database, 'otto', { isInstructor: true }),
    gone: await addUser(database, 'gone'),
    disabled: await addUser(database, 'disabled', { isActive: false, passwordHash: PASSWORD_HASH }),
  };
}

/** One of Maria's tasks in each state, as the examples of the API document show them. */
async function addTasks(database: Database, { maria, carla }: { maria: User; carla: User }) {
  const ofSong = { songId: 1 };
  const assemble = async (progress: number) => {
    const taskId = await addStartedTask(database, maria.id, ofSong);
    const attempt = (await claimTask(database, taskId))?.attempt ?? 0;
    const message = 'Assembling video clips...';
    await recordProgress(database, taskId, attempt, { progress, stage: 'video_assembly', message });
    return { taskId, attempt };
  };
  const failed = await assemble(30);
  await failAttempt(database, failed.taskId, failed.attempt, {
    error: 'FFmpeg error: Invalid video codec',
  });
  const pathless = await addStartedTask(database, carla.id, ofSong);
  const claim = await claimTask(database, pathless);
  await completeTask(database, pathless, claim?.attempt ?? 0, { num_moves: 0 });
  return {
    pending: await addPendingTask(database, maria.id, ofSong),
    started: await addStartedTask(database, maria.id, ofSong),
    running: (await assemble(45)).taskId,
    completed: await addCompletedTask(database, maria.id, ofSong),
    failed: failed.taskId,
    pathless,
    carlasTask: await addCompletedTask(database, carla.id, ofSong),
  };
}

async function addPlan(database: Database, { id: instructorId }: User): Promise<string> {
  const plan = await createClassPlan(database, { instructorId, title: 'Lunes', difficultyLevel: 'beginner' });
  return plan.id;
}

/** A token that was good a month ago. */
function signExpired(app: FastifyInstance, tokenType: TokenType, { id }: User): string {
  const iat = Math.floor(Date.now() / 1000) - 30 * 24 * 3_600;
  return app.jwt.sign(
    { token_type: tokenType, jti: randomUUID().replaceAll('-', ''), user_id: String(id), iat },
    { expiresIn: 60 },
  );
}
