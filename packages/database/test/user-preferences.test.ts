import t from 'tap';
import { findUserPreferences, updateUser, updateUserPreferences } from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { addUser } from './fixtures.ts';

const DEFAULTS = {
  autoSaveChoreographies: false,
  defaultDifficulty: 'intermediate',
  emailNotifications: false,
  refusedMoves: [],
} as const;

t.test('a new account has the documented defaults, and nobody has none', async (t) => {
  const { db } = await makeTestDatabase(t);
  const user = await addUser(db);
  t.same(await findUserPreferences(db, user.id), DEFAULTS);
  t.equal(await findUserPreferences(db, user.id + 1), null);
  t.equal(await updateUserPreferences(db, user.id + 1, { emailNotifications: true }), null);
});

t.test('a patch changes what it names and keeps other keys of the object', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id } = await addUser(db);
  await updateUser(db, id, { preferences: { theme: { dark: true }, email_notifications: true } });
  t.same(await updateUserPreferences(db, id, { defaultDifficulty: 'advanced' }), {
    ...DEFAULTS,
    defaultDifficulty: 'advanced',
    emailNotifications: true,
  });
  t.same(await updateUserPreferences(db, id, {}), await findUserPreferences(db, id));
  const { rows } = await db.pool.query('select preferences from users');
  t.same(rows, [
    { preferences: { theme: { dark: true }, email_notifications: true, default_difficulty: 'advanced' } },
  ]);
});

t.test('patches at the same time are all kept', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id } = await addUser(db);
  await Promise.all([
    updateUserPreferences(db, id, { autoSaveChoreographies: true }),
    updateUserPreferences(db, id, { defaultDifficulty: 'beginner' }),
    updateUserPreferences(db, id, { emailNotifications: true }),
  ]);
  t.same(await findUserPreferences(db, id), {
    autoSaveChoreographies: true,
    defaultDifficulty: 'beginner',
    emailNotifications: true,
    refusedMoves: [],
  });
});

t.test('values of a wrong type count as the defaults', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { id } = await addUser(db);
  const preferences = {
    auto_save_choreographies: 'true',
    default_difficulty: 'expert',
    email_notifications: 1,
    refused_moves: 'dip',
  };
  await updateUser(db, id, { preferences });
  t.same(await findUserPreferences(db, id), DEFAULTS);
  await updateUser(db, id, { preferences: { refused_moves: ['', ' ', 7, 'x'.repeat(101), 'dip'] } });
  t.same(await findUserPreferences(db, id), { ...DEFAULTS, refusedMoves: ['dip'] });
});
