import t from 'tap';
import { Type } from 'typebox';
import { type AppError, loadConfig } from '../src/index.ts';

const Schema = Type.Object({
  PORT: Type.Integer({ minimum: 1, maximum: 65_535, default: 8000, description: 'port to listen on' }),
  JWT_SECRET: Type.String({ minLength: 32, description: 'at least 32 characters' }),
  DATABASE_URL: Type.String({ pattern: '^postgres(ql)?://', description: 'postgresql://…' }),
  DEBUG: Type.Optional(Type.Boolean()),
});
const secret = 'p'.repeat(32);

t.test('text becomes what the schema asks for, and defaults fill the rest', async (t) => {
  const config = loadConfig(Schema, {
    JWT_SECRET: secret,
    DATABASE_URL: 'postgres://x',
    DEBUG: 'true',
    HOME: '/root',
  });
  t.same(config, { PORT: 8000, JWT_SECRET: secret, DATABASE_URL: 'postgres://x', DEBUG: true });
  t.ok(Object.isFrozen(config));
});

t.test('all problems are told at once, by name and never by value', async (t) => {
  const hostile = { PORT: '80000', JWT_SECRET: 'hunter2', DATABASE_URL: '  ', DEBUG: 'perhaps-hunter3' };
  let error: AppError | undefined;
  try {
    loadConfig(Schema, hostile);
  } catch (thrown) {
    error = thrown as AppError;
  }
  t.equal(error?.code, 'CONFIG_INVALID');
  for (const name of Object.keys(hostile)) t.match(error?.message, new RegExp(`^ {2}${name} `, 'm'));
  t.match(error?.message, /DATABASE_URL is missing/);
  t.notMatch(error?.message, /hunter|80000/);
});

t.test('an empty environment names every required variable', async (t) => {
  t.throws(() => loadConfig(Schema, {}), { message: /JWT_SECRET is missing.*\n.*DATABASE_URL is missing/ });
});
