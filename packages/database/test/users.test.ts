import t from 'tap';
import {
  createRefreshSession,
  createUser,
  disableUser,
  enableUser,
  findRefreshSession,
  findUserById,
  findUserByUsername,
  listStaff,
  migrateDatabase,
  renameUser,
  revokeRefreshFamily,
  revokeRefreshSession,
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
  for (const tokenHash of ['h1', 'h2']) {
    await createRefreshSession(db, { userId: user.id, tokenHash, expiresAt });
  }
  await createRefreshSession(db, { userId: other.id, tokenHash: 'other', expiresAt });
  await revokeRefreshSession(db, 'h1');
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

t.test('of two that revoke one session at the same time one alone succeeds', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const expiresAt = new Date('2030-01-01T00:00:00Z');
  const session = await createRefreshSession(db, { userId, tokenHash: 'h1', expiresAt, userAgent: 'test' });
  t.match(await findRefreshSession(db, 'h1'), { id: session.id, userId, expiresAt, revokedAt: null });
  t.equal(await findRefreshSession(db, 'h2'), null);
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => revokeRefreshSession(db, 'h1')));
  t.equal(outcomes.filter((isRevoked) => isRevoked).length, 1);
  t.type((await findRefreshSession(db, 'h1'))?.revokedAt, Date);
  t.equal(await revokeRefreshSession(db, 'unknown'), false);
});

t.test('a family is revoked as a whole and leaves other logins alone', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  const expiresAt = new Date('2030-01-01T00:00:00Z');
  const { familyId } = await createRefreshSession(db, { userId, tokenHash: 'first', expiresAt });
  await createRefreshSession(db, { userId, tokenHash: 'second', expiresAt, familyId });
  const other = await createRefreshSession(db, { userId, tokenHash: 'other', expiresAt });
  t.not(other.familyId, familyId);
  await revokeRefreshSession(db, 'first');
  t.equal(await revokeRefreshFamily(db, familyId), 1);
  t.equal((await findRefreshSession(db, 'other'))?.revokedAt, null);
});

t.test('the sessions of an account go with it', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id: userId } = await addUser(db);
  await createRefreshSession(db, { userId, tokenHash: 'h', expiresAt: new Date() });
  await db.pool.query('delete from users');
  t.equal(await findRefreshSession(db, 'h'), null);
});
