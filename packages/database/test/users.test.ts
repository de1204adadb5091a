import t from 'tap';
import {
  createLoginSession,
  createRefreshSession,
  createUser,
  disableUser,
  enableUser,
  endSession,
  endSessions,
  fillFoldedTexts,
  findRefreshSession,
  findUserById,
  findUserByUsername,
  listStaff,
  migrateDatabase,
  renameUser,
  replacePassword,
  revokeRefreshFamily,
  rotateRefreshSession,
  setInstructorRole,
  setStaffRole,
  updateUser,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addUser } from './fixtures.ts';

t.test('a new account has the documented defaults and is found by name and id', async (t) => {
  const { db } = await makeTestDatabase(t);
  const user = await createUser(db, { username: 'ana', passwordHash: 'argon', displayName: 'Ana' });
  t.match(user, {
    id: Number,
    username: 'ana',
    passwordHash: 'argon',
    email: '',
    displayName: 'Ana',
    isActive: true,
    isStaff: false,
    isInstructor: false,
    preferences: {},
    lastLogin: null,
    dateJoined: Date,
  });
  t.same(await findUserById(db, user.id), user);
  t.same(await findUserByUsername(db, 'ana'), user);
  t.same(await findUserByUsername(db, 'ANA'), user, 'whatever its case');
  t.equal(await findUserByUsername(db, 'áná'), null, 'but not its accents');
  t.equal(await findUserById(db, user.id + 1), null);
});

t.test(
  'of two that were different in case alone the older has the name, and the younger its spelling',
  async (t) => {
    const { db } = await makeTestDatabase(t);
    const { id: elder } = await addUser(db, 'José');
    const { id: younger } = await addUser(db, 'other');
    await addUser(db, 'Carla');
    // As accounts of before stand there.
    await db.pool.query('update users set username_folded = null');
    await db.pool.query('update users set username = $1 where id = $2', ['JOSÉ', younger]);
    t.same(await migrateDatabase(db), { applied: 0 });
    const idOf = async (name: string) => (await findUserByUsername(db, name))?.id;
    t.same([await idOf('José'), await idOf('josé'), await idOf('JOSE\u0301')], [elder, elder, younger]);
    t.equal((await findUserByUsername(db, 'CARLA'))?.username, 'Carla', 'shown as it was typed');
    await t.rejects(createUser(db, { username: 'carlA', passwordHash: 'x' }), {
      code: 'DB_DUPLICATE_USERNAME',
    });
    await t.rejects(renameUser(db, 'JOSÉ', 'cARLA'), { code: 'DB_DUPLICATE_USERNAME' });

    t.match(await renameUser(db, 'José', 'Pepe'), { id: elder, username: 'Pepe' });
    t.same([await idOf('josé'), await idOf('pepe')], [younger, elder], 'the name is free for the other');
    t.match(await renameUser(db, 'carla', 'CARLA'), { username: 'CARLA' }, 'to another spelling of its own');
    t.equal(await renameUser(db, 'nobody', 'somebody'), null);
  },
);

t.test('a patch changes what it names and nothing else; an empty one nothing', async (t) => {
  const { db } = await makeTestDatabase(t);
  const user = await addUser(db);
  t.same(await updateUser(db, user.id, {}), user);
  const preferences = { default_difficulty: 'advanced', nested: { deep: [1, null] } };
  t.same(await updateUser(db, user.id, { email: 'a@b.c', preferences }), {
    ...user,
    email: 'a@b.c',
    preferences,
  });
  t.same(await updateUser(db, user.id, { preferences: {} }), { ...user, email: 'a@b.c' });
  t.equal(await updateUser(db, user.id + 1, { email: 'x' }), null);
});

t.test('the role of an instructor is given and taken by name, and changes nothing else', async (t) => {
  const { db } = await makeTestDatabase(t);
  const user = await addUser(db, 'ana');
  const other = await addUser(db, 'áná');
  t.same(await setInstructorRole(db, 'ana', { isInstructor: true }), { ...user, isInstructor: true });
  t.same(await setInstructorRole(db, 'ANA', { isInstructor: true }), { ...user, isInstructor: true });
  t.same(await findUserById(db, other.id), other, 'with accents it is another name');
  t.same(await setInstructorRole(db, 'ana', { isInstructor: false }), user);
  t.equal(await setInstructorRole(db, 'nobody', { isInstructor: true }), null);
});

t.test('whoever is disabled loses every session, and nobody else does', async (t) => {
  const { db } = await makeTestDatabase(t);
  const user = await addUser(db, 'ana');
  const other = await addUser(db, 'bea');
  const expiresAt = new Date('2030-01-01T00:00:00Z');
  const { familyId } = await createRefreshSession(db, { userId: user.id, tokenHash: 'h1', expiresAt });
  await createRefreshSession(db, { userId: user.id, tokenHash: 'h2', expiresAt });
  await createRefreshSession(db, { userId: other.id, tokenHash: 'other', expiresAt });
  await revokeRefreshFamily(db, familyId);
  const revokedAt = (await findRefreshSession(db, 'h1'))?.revokedAt;
  const disabled = { ...user, isActive: false };
  t.same(await disableUser(db, 'ana'), { user: disabled, endedSessions: 1 });
  t.same(await disableUser(db, 'ana'), { user: disabled, endedSessions: 0 });
  t.same((await findRefreshSession(db, 'h1'))?.revokedAt, revokedAt, 'what had ended ended then');
  t.type((await findRefreshSession(db, 'h2'))?.revokedAt, Date);
  t.equal((await findRefreshSession(db, 'other'))?.revokedAt, null);
  t.same(await findUserById(db, other.id), other);
  t.same(await enableUser(db, 'ana'), user);
  t.same(await setStaffRole(db, 'ana', { isStaff: true }), { ...user, isStaff: true });
  t.same(
    (await listStaff(db)).map(({ username }) => username),
    ['ana'],
  );
  for (const none of [disableUser(db, 'x'), enableUser(db, 'x'), setStaffRole(db, 'x', { isStaff: true })]) {
    t.equal(await none, null);
  }
});

t.test(
  'a login by a password that has just been replaced opens nothing, and brings it not back',
  async (t) => {
    const { db } = await makeTestDatabase(t);
    const { id: userId, passwordHash: verifiedHash } = await addUser(db);
    const expiresAt = new Date('2030-01-01T00:00:00Z');
    const login = (tokenHash: string, passwordHash?: string) =>
      createLoginSession(db, { userId, tokenHash, expiresAt }, { verifiedHash, passwordHash });
    const opened = await login('h1');
    t.match(await findRefreshSession(db, 'h1'), { id: opened?.id, userId, expiresAt, revokedAt: null });
    t.equal(await findRefreshSession(db, 'h2'), null);
    await Promise.all([replacePassword(db, userId, 'another'), login('h2'), login('h3', 'the same, anew')]);
    t.equal(await login('h4', 'the same, anew'), null);
    t.equal((await findUserById(db, userId))?.passwordHash, 'another');
    for (const tokenHash of ['h1', 'h2', 'h3', 'h4']) {
      const session = await findRefreshSession(db, tokenHash);
      t.not(session?.revokedAt, null, 'not opened, or ended with the others');
    }
  },
);

t.test(
  'somebody who registers while names are filled in keeps the name, and the others get theirs',
  async (t) => {
    const { db } = await makeTestDatabase(t);
    const { id } = await addUser(db, 'Ana');
    await addUser(db, 'Carla');
    await db.pool.query('update users set username_folded = null');
    const client = await db.pool.connect();
    await client.query('begin');
    await client.query(`insert into users (username, username_folded, password) values ('ANA', 'ana', 'x')`);
    const filling = fillFoldedTexts(db);
    const isWaiting = `select from pg_locks where not granted and locktype = 'transactionid'`;
    while ((await client.query(isWaiting)).rowCount === 0);
    await client.query('commit');
    client.release();
    t.equal(await filling, 1);
    t.equal((await findUserByUsername(db, 'ana'))?.username, 'ANA');
    t.equal((await findUserByUsername(db, 'Ana'))?.id, id);
  },
);

t.test('a family is revoked as a whole and leaves other logins alone', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const expiresAt = new Date('2030-01-01T00:00:00Z');
  const { familyId } = await createRefreshSession(db, { userId, tokenHash: 'first', expiresAt });
  const second = { userId, tokenHash: 'second', expiresAt, familyId };
  await rotateRefreshSession(db, 'first', { successor: second, graceSec: 10 });
  const other = await createRefreshSession(db, { userId, tokenHash: 'other', expiresAt });
  t.not(other.familyId, familyId);
  t.equal(await revokeRefreshFamily(db, familyId), 1);
  t.equal((await findRefreshSession(db, 'other'))?.revokedAt, null);
});

t.test(
  'a token that is replaced while its session is ended is not outlived by the one in its place',
  async (t) => {
    const { db } = await makeTestDatabase(t);
    const { id: userId } = await addUser(db);
    const expiresAt = new Date('2030-01-01T00:00:00Z');
    const endings: Readonly<Record<string, (familyId: string) => Promise<unknown>>> = {
      'by its owner': (familyId) => endSession(db, userId, familyId),
      'with all others': () => endSessions(db, userId),
      'by another password': () => replacePassword(db, userId, 'another'),
    };
    for (const [name, end] of Object.entries(endings)) {
      const [first, second] = [`first ${name}`, `second ${name}`];
      const { familyId } = await createRefreshSession(db, { userId, tokenHash: first, expiresAt });
      const client = await db.pool.connect();
      await client.query('begin');
      await client.query('update refresh_sessions set revoked_at = now() where token_hash = $1', [first]);
      const ending = end(familyId);
      const isWaiting = `select from pg_locks where not granted and locktype = 'transactionid'`;
      while ((await client.query(isWaiting)).rowCount === 0);
      await client.query(
        `insert into refresh_sessions (user_id, token_hash, expires_at, family_id) values ($1, $2, $3, $4)`,
        [userId, second, expiresAt, familyId],
      );
      await client.query('commit');
      client.release();
      await ending;
      t.not((await findRefreshSession(db, second))?.revokedAt, null, name);
    }
  },
);

t.test('the sessions of an account go with it', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  await createRefreshSession(db, { userId, tokenHash: 'h', expiresAt: new Date() });
  await db.pool.query('delete from users');
  t.equal(await findRefreshSession(db, 'h'), null);
});
