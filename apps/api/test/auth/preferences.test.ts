import { findTask, findUserById } from '@bachata-buddy/database';
import t from 'tap';
import { addUser } from '../catalogue.ts';
import { makeScene, SENTENCE, WITH_AI } from '../generate/generation-scene.ts';
import { actAs, makeTestApp } from '../make-test-app.ts';
import { addPlanningCatalogue } from '../planning-scene.ts';

const URL = '/api/auth/preferences/';
const DEFAULTS = {
  auto_save_choreographies: false,
  default_difficulty: 'intermediate',
  email_notifications: false,
};

t.test('preferences begin with their defaults and change one by one', async (t) => {
  const { app, database } = await makeTestApp(t);
  const maria = await addUser(database, 'maria');
  const asMaria = actAs(app, maria);
  const get = async (url = URL) => (await asMaria({ url })).json();
  const put = async (payload: object, url = URL) => {
    const answer = await asMaria({ method: 'PUT', url, payload });
    return { status: answer.statusCode, body: answer.json() };
  };
  t.strictSame(await get(), DEFAULTS);
  t.strictSame(await put({}), { status: 200, body: DEFAULTS });
  await asMaria({ method: 'PUT', url: '/api/auth/me/', payload: { preferences: { theme: 'dark' } } });
  const advanced = { ...DEFAULTS, default_difficulty: 'advanced' };
  t.strictSame(await put({ default_difficulty: 'advanced', unknown: 1 }), { status: 200, body: advanced });
  const saving = { ...advanced, auto_save_choreographies: true };
  t.strictSame(await put({ auto_save_choreographies: 'yes' }, '/api/auth/preferences'), {
    status: 200,
    body: saving,
  });
  t.strictSame(await get('/api/auth/preferences'), saving);
  t.strictSame((await findUserById(database, maria.id))?.preferences, {
    theme: 'dark',
    default_difficulty: 'advanced',
    auto_save_choreographies: true,
  });

  const invalid = (body: object) => ({ status: 400, body });
  t.strictSame(
    await put({ default_difficulty: 'expert', email_notifications: 'perhaps' }),
    invalid({
      default_difficulty: ['"expert" is not a valid choice.'],
      email_notifications: ['Must be a valid boolean.'],
    }),
  );
  t.strictSame(
    await put({ default_difficulty: null }),
    invalid({ default_difficulty: ['This field may not be null.'] }),
  );
  t.equal((await asMaria({ method: 'PATCH', url: URL, payload: {} })).statusCode, 405);
  t.equal((await app.inject({ url: URL })).statusCode, 401);
  t.strictSame(await get(), saving, 'what was refused changed nothing');
});

t.test('the preferred difficulty fills in for one that a sentence does not name', async (t) => {
  const { asMaria, database, post } = await makeScene(t);
  await addPlanningCatalogue(database);
  const difficultyOf = async (query: string) => {
    const { body } = await post(WITH_AI, { query });
    t.equal((await findTask(database, body.task_id))?.difficulty, body.parsed_parameters.difficulty);
    return body.parsed_parameters.difficulty;
  };
  const silent = 'something romantic to a slow song';
  t.equal(await difficultyOf(silent), 'intermediate', 'the default of the preference');
  await asMaria({ method: 'PUT', url: URL, payload: { default_difficulty: 'advanced' } });
  t.equal(await difficultyOf(silent), 'advanced');
  t.equal(await difficultyOf(SENTENCE), 'beginner', 'what was said comes first');
});
