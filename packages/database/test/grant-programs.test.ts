import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { connectDatabase, createUser, listTasks, removeSong, upsertSong } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { programArguments } from '@bachata-buddy/platform/testkit';
import pg from 'pg';
import t from 'tap';
import { grantPrograms } from '../src/migrate/grant-programs.ts';

const SONG = {
  ...{ title: 'Amor', artist: 'Ana', genre: null, durationSec: 60, source: 'folder' },
  audioPath: 'songs/amor.mp3',
} as const;

t.test('programs read and write rows, and can neither make, change nor drop a table', async (t) => {
  const { url } = await makeTestDatabase(t);
  const name = `bachata_test_${randomBytes(5).toString('hex')}`;
  const [role, user] = [`${name}_programs`, `${name}_user`];
  await grantPrograms(url, role);
  await grantPrograms(url, role);
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  t.teardown(async () => {
    await owner.query(`drop owned by ${role}; drop role ${user}; drop role ${role}`);
    await owner.end();
  });
  await owner.query(`create role ${user} login password 'test' in role ${role}`);
  const asUser = new URL(url);
  asUser.username = user;
  asUser.password = 'test';
  const programs = connectDatabase({ url: asUser.href, applicationName: 'bachata-buddy-test' });
  t.teardown(() => programs.close());

  const { id } = await createUser(programs, { username: 'ana', passwordHash: 'x' });
  t.match(await listTasks(programs, { userId: id, limit: 10, offset: 0 }), { count: 0 });
  const { row: song } = await upsertSong(programs, SONG);
  const removed: string[] = [];
  const removal = await removeSong(programs, song.id, async (keys) => void removed.push(...keys));
  t.match(removal, { isRemovable: true });
  t.strictSame(removed, [SONG.audioPath], 'and take a song out of the catalogue');
  for (const statement of [
    'create table mine (id int)',
    'drop table users',
    'alter table users add column mine int',
    'truncate users',
    `insert into schema_migrations (name, sha256) values ('mine', 'x')`,
    `create role ${user}_2`,
  ]) {
    await t.rejects(programs.pool.query(statement), /permission denied|must be owner/, statement);
  }
});

t.test('what is no name of a role is refused before anybody is asked', async (t) => {
  await t.rejects(grantPrograms('postgres://nowhere', 'a; drop table users'), { code: 'DB_ROLE_INVALID' });
  const program = programArguments('packages/database/src/commands/migrate.ts');
  const env = { DATABASE_URL: 'postgres://127.0.0.1:1/none', DATABASE_PROGRAM_ROLE: 'Programs' };
  const migrating = promisify(execFile)(process.execPath, program, {
    env: { PATH: process.env.PATH, ...env },
  });
  await t.rejects(migrating, {
    code: 1,
    stderr: 'error: DATABASE_PROGRAM_ROLE is no name of a role: Programs (small letters, digits and _)\n',
  });
});
