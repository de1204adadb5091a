import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addClassPlanSequence, createClassPlan, saveChoreography, type User } from '@bachata-buddy/database';
import t from 'tap';
import { signTicket } from '../src/auth/tokens.ts';
import { addCompletedTask, addSong, addUser } from './catalogue.ts';
import { actAs, makeTestApp, testSignedMedia } from './make-test-app.ts';
import { addHeardSong } from './planning-scene.ts';
import type { Tap } from './tap.ts';

/** Status by who asks: nobody, another dancer, another instructor, the instructor and the dancer who own things. */
type Row = readonly [
  anonymous: number,
  dancer: number,
  otherInstructor: number,
  instructor: number,
  owner: number,
];

const sameForAll = (status: number): Row => [status, status, status, status, status];
const anyUser = (status: number): Row => [401, status, status, status, status];
const ofOwner = (status: number, foreign: number): Row => [401, foreign, foreign, foreign, status];
const instructors = (status: number): Row => [401, 403, status, status, 403];
const ofInstructor = (status: number): Row => [401, 403, 404, status, 403];

/**
 * What is sent where a thing of somebody is to be changed: valid, so that the answer says who may. Elsewhere bodies are
 * empty, and 400 is the answer to whoever may ask where one is needed.
 */
const BODIES: Readonly<Record<string, (ids: Ids) => object>> = {
  'POST /api/choreography/tasks/{task_id}/revise/': () => ({ edits: [{ action: 'another', index: 0 }] }),
  'POST /api/choreography/tasks/{task_id}/versions/': () => ({ kind: 'mirrored' }),
  'PATCH /api/choreography/songs/{song_id}/grid/': () => ({}),
  'POST /api/collections/save/': ({ taskId }) => ({ task_id: taskId }),
  'PUT /api/instructors/class-plans/{id}/': () => ({ title: 'Lunes', difficulty_level: 'advanced' }),
  'POST /api/instructors/class-plans/{id}/add-sequence/': ({ choreographyId }) => ({
    choreography_id: choreographyId,
  }),
  'POST /api/instructors/class-plans/{id}/sequences/': ({ choreographyId }) => ({
    choreography_id: choreographyId,
  }),
  'POST /api/instructors/class-plans/{id}/reorder-sequences/': ({ sequenceId }) => ({
    sequence_ids: [sequenceId],
  }),
};

interface Ids {
  readonly taskId: string;
  readonly choreographyId: string;
  readonly sequenceId: string;
}

const MATRIX: Readonly<Record<string, Row>> = {
  'POST /api/auth/login/': sameForAll(400),
  'POST /api/auth/login/link/': sameForAll(400),
  'POST /api/auth/logout/': sameForAll(400),
  'POST /api/auth/refresh/': sameForAll(400),
  'POST /api/auth/register/': sameForAll(400),
  'GET /api/auth/me/': anyUser(200),
  'PUT /api/auth/me/': anyUser(200),
  'GET /api/auth/profile/': anyUser(200),
  'PUT /api/auth/profile/': anyUser(200),
  'GET /api/auth/preferences/': anyUser(200),
  'PUT /api/auth/preferences/': anyUser(200),
  'POST /api/auth/password/': anyUser(400),
  'POST /api/auth/password/reset/': sameForAll(400),
  'POST /api/auth/delete-account/': anyUser(400),
  'GET /api/auth/export/': anyUser(200),
  'GET /api/auth/sessions/': anyUser(200),
  'DELETE /api/auth/sessions/': anyUser(200),
  'DELETE /api/auth/sessions/{session_id}/': anyUser(404),
  'GET /api/choreography/songs/': anyUser(200),
  'GET /api/choreography/songs/{song_id}/': anyUser(200),
  // A form that is none.
  'POST /api/choreography/songs/': anyUser(400),
  'PATCH /api/choreography/songs/{song_id}/grid/': ofOwner(200, 404),
  'DELETE /api/choreography/songs/{song_id}/': ofOwner(200, 404),
  // Its sound is nowhere.
  'GET /api/choreography/songs/{song_id}/waveform/': anyUser(404),
  'GET /api/choreography/songs/{song_id}/sample/': anyUser(404),
  'HEAD /api/choreography/songs/{song_id}/sample/': anyUser(404),
  'GET /api/choreography/moves/': anyUser(200),
  'POST /api/choreography/generate-from-song': anyUser(400),
  'POST /api/choreography/generate-with-ai': anyUser(400),
  'POST /api/choreography/parse-query/': anyUser(400),
  'GET /api/choreography/tasks/': anyUser(200),
  'GET /api/choreography/tasks/{task_id}/': ofOwner(200, 403),
  'GET /api/choreography/tasks/{task_id}/blueprint/': ofOwner(200, 403),
  // It says nothing of moves.
  'GET /api/choreography/tasks/{task_id}/sheet/': ofOwner(404, 403),
  'GET /api/choreography/tasks/{task_id}/events/': ofOwner(200, 403),
  'POST /api/choreography/tasks/{task_id}/events/ticket/': ofOwner(200, 403),
  // Whoever has the ticket and no login: a login counts for itself.
  'GET /api/choreography/tasks/{task_id}/events/?ticket={ticket}': [200, 403, 403, 403, 200],
  'GET /api/choreography/tasks/{task_id}/events/?ticket={foreign_ticket}': [401, 403, 403, 403, 200],
  // Its blueprint has no moves.
  'GET /api/choreography/tasks/{task_id}/media/': ofOwner(404, 403),
  'GET /api/choreography/tasks/{task_id}/moves/{index}/alternatives/': ofOwner(400, 403),
  'POST /api/choreography/tasks/{task_id}/revise/': ofOwner(400, 403),
  // Nor does it say enough to be slowed.
  'POST /api/choreography/tasks/{task_id}/versions/': ofOwner(400, 403),
  'POST /api/choreography/tasks/{task_id}/render/': ofOwner(202, 403),
  'DELETE /api/choreography/tasks/{task_id}/': ofOwner(400, 403),
  'GET /api/choreography/videos/{task_id}/': ofOwner(404, 403),
  'HEAD /api/choreography/videos/{task_id}/': ofOwner(404, 403),
  'GET /api/collections/': anyUser(200),
  'POST /api/collections/': anyUser(400),
  'GET /api/collections/stats/': anyUser(200),
  'POST /api/collections/save/': ofOwner(409, 404),
  'POST /api/collections/cleanup/': anyUser(200),
  'POST /api/collections/delete-all/': anyUser(400),
  'GET /api/collections/{id}/': ofOwner(200, 404),
  'PUT /api/collections/{id}/': ofOwner(200, 404),
  'DELETE /api/collections/{id}/': ofOwner(200, 404),
  'GET /api/instructors/stats/': instructors(200),
  'GET /api/instructors/class-plans/': instructors(200),
  'POST /api/instructors/class-plans/': instructors(400),
  'GET /api/instructors/class-plans/{id}/': ofInstructor(200),
  'PUT /api/instructors/class-plans/{id}/': ofInstructor(200),
  'PATCH /api/instructors/class-plans/{id}/': ofInstructor(200),
  'DELETE /api/instructors/class-plans/{id}/': ofInstructor(204),
  'GET /api/instructors/class-plans/{id}/summary/': ofInstructor(200),
  'GET /api/instructors/class-plans/{id}/export/': ofInstructor(200),
  'POST /api/instructors/class-plans/{id}/duplicate/': ofInstructor(201),
  'POST /api/instructors/class-plans/{id}/add-sequence/': ofInstructor(201),
  'POST /api/instructors/class-plans/{id}/sequences/': ofInstructor(201),
  'POST /api/instructors/class-plans/{id}/reorder-sequences/': ofInstructor(200),
  'PUT /api/instructors/class-plans/{id}/sequences/{sequence_id}/': ofInstructor(200),
  'DELETE /api/instructors/class-plans/{id}/sequences/{sequence_id}/': ofInstructor(204),
  'GET /api/health': sameForAll(200),
  'GET /api/ready': sameForAll(200),
  'GET /api/schema/': sameForAll(200),
  'GET /metrics': sameForAll(401),
  'GET /media/output/{name}': sameForAll(404),
  'HEAD /media/output/{name}': sameForAll(404),
  'GET /media/prepared/clips/{picture}': sameForAll(404),
  'HEAD /media/prepared/clips/{picture}': sameForAll(404),
  // Of a signed address who asks is of no account; unsigned it opens for nobody, its owner included.
  'GET /media/private/{name}': sameForAll(403),
  'HEAD /media/private/{name}': sameForAll(403),
  'GET /media/private/{name}?{signed}': sameForAll(200),
};

/** Of a song of the owner's own; the others are of one of the catalogue. */
const OF_OWN_SONG = new Set([
  'PATCH /api/choreography/songs/{song_id}/grid/',
  'DELETE /api/choreography/songs/{song_id}/',
]);

/** Routes that the document keeps to itself, for no login opens them; and ways into others that need none. */
const UNDOCUMENTED = [
  'GET /metrics',
  'GET /media/private/{name}?{signed}',
  ...['ticket', 'foreign_ticket'].map(
    (ticket) => `GET /api/choreography/tasks/{task_id}/events/?ticket={${ticket}}`,
  ),
];

/**
 * What removes comes last, and a sequence before its plan, so that each thing is there when it is asked for; the order
 * of sequences first, for it wants to name them all. To render a task again opens it, behind all that want it ended.
 */
function removalRank(operation: string): number {
  if (operation.endsWith('/render/')) return 3;
  if (operation.endsWith('/reorder-sequences/')) return -1;
  if (operation.endsWith('/cleanup/') || operation === 'DELETE /api/instructors/class-plans/{id}/') return 2;
  return operation.startsWith('DELETE') ? 1 : 0;
}

async function makeScene(t: Tap) {
  const { app, database, storageDirectory } = await makeTestApp(t, {
    config: { METRICS_TOKEN: 'm'.repeat(32) },
  });
  const owner = await addUser(database, 'maria');
  const instructor = await addUser(database, 'carla', { isInstructor: true });
  const song = await addSong(database, 'Suegra');
  const ownSongId = await addHeardSong(database, owner);
  const save = async ({ id: userId }: User) => {
    const taskId = await addCompletedTask(database, userId, { songId: song.id });
    const saved = await saveChoreography(database, { userId, taskId });
    if (!('choreography' in saved)) throw new Error(saved.outcome);
    return { taskId, itemId: saved.choreography.id };
  };
  const { taskId, itemId } = await save(owner);
  const instructorId = instructor.id;
  const plan = { instructorId, title: 'Plan', difficultyLevel: 'beginner' } as const;
  const { id: classPlanId } = await createClassPlan(database, plan);
  const { itemId: choreographyId, taskId: instructorsTaskId } = await save(instructor);
  const added = await addClassPlanSequence(database, { classPlanId, instructorId, choreographyId });
  if (added.outcome !== 'added') throw new Error(added.outcome);
  mkdirSync(join(storageDirectory, 'songs'));
  writeFileSync(join(storageDirectory, 'songs/signed.mp3'), 'a song');
  const signedUrl = await testSignedMedia.urlOf('songs/signed.mp3', testSignedMedia.expiry());
  const ticketFor = (id: string) => signTicket(app, { userId: owner.id, taskId: id, familyId: null });
  const addressOf = (path: string): string =>
    path
      .replace('/media/private/{name}?{signed}', signedUrl)
      .replace('{index}', '0')
      .replace('{ticket}', ticketFor(taskId))
      .replace('{foreign_ticket}', ticketFor(instructorsTaskId))
      .replace('{session_id}', '00000000-0000-4000-8000-000000000000')
      .replace('{song_id}', String(song.id))
      .replace('{own_song_id}', String(ownSongId))
      .replace('{task_id}', taskId)
      .replace('{sequence_id}', added.sequence.id)
      .replace('{id}', path.startsWith('/api/collections') ? itemId : classPlanId)
      .replace('{name}', 'none.mp4')
      .replace('{picture}', 'none.jpg');
  const callers = [
    app.inject.bind(app),
    actAs(app, await addUser(database, 'eve')),
    actAs(app, await addUser(database, 'otto', { isInstructor: true })),
    actAs(app, instructor),
    actAs(app, owner),
  ];
  return { app, callers, addressOf, ids: { taskId, choreographyId, sequenceId: added.sequence.id } };
}

t.test('every route answers each kind of caller as it should, and none is forgotten', async (t) => {
  const { app, callers, addressOf, ids } = await makeScene(t);
  await app.ready();
  const { paths = {} } = app.swagger();
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
  );
  operations.push(...UNDOCUMENTED);
  t.strictSame(operations.sort(), Object.keys(MATRIX).sort(), 'a route without a row is a hole');
  for (const operation of operations.sort((a, b) => removalRank(a) - removalRank(b))) {
    const [method, path = ''] = operation.split(' ') as ['GET' | 'POST', string];
    const statuses: number[] = [];
    for (const call of callers) {
      const body = BODIES[operation]?.(ids) ?? (method === 'POST' ? {} : undefined);
      const payload = body === undefined ? {} : { payload: body };
      const named = OF_OWN_SONG.has(operation) ? path.replace('{song_id}', '{own_song_id}') : path;
      statuses.push((await call({ method, url: addressOf(named), ...payload })).statusCode);
    }
    t.strictSame(statuses, MATRIX[operation], operation);
  }
});
