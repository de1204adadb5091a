import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { makeFolder, query, serverPid, start } from './embedded-server.ts';

t.test(
  'a first start makes a private server, and the next finds data, port and password again',
  async (t) => {
    const folder = path.join(makeFolder(t), 'not', 'there', 'yet');
    const messages: string[] = [];
    const first = await start(folder, messages);
    t.equal(first.startedHere, true);
    await query(first.url, `create table kept as select 'señal' as text`);
    const settings = await query<{ name: string; setting: string }>(
      first.url,
      `select name, setting from pg_settings where name in
       ('listen_addresses', 'unix_socket_directories', 'server_encoding', 'server_version_num') order by 1`,
    );
    t.same(
      settings.map(({ setting }) => setting.slice(0, 9)),
      ['127.0.0.1', 'UTF8', settings[2]?.setting, ''],
    );
    t.ok(Number(settings[2]?.setting) >= 180_000, 'PostgreSQL 18');
    t.equal(statSync(path.join(folder, 'postgres.json')).mode & 0o777, 0o600);
    const wrong = new URL(first.url);
    wrong.password = 'guess';
    await t.rejects(query(wrong.href, 'select 1'), { code: '28P01' }, 'no way in without the password');
    await first.stop();
    await first.stop();
    t.equal(serverPid(folder), undefined);
    const second = await start(folder);
    t.equal(second.url, first.url);
    t.same(await query(second.url, 'select text from kept'), [{ text: 'señal' }]);
    await second.stop();
    t.same(messages, ['PostgreSQL is started', 'PostgreSQL is stopped']);
  },
);

t.test('data without their password are refused, and left alone', async (t) => {
  const folder = t.testdir({ postgres: { PG_VERSION: '18\n' } });
  await t.rejects(start(folder), { code: 'DB_EMBEDDED_STATE_LOST', message: /postgres\.json/ });
  t.equal(readFileSync(path.join(folder, 'postgres', 'PG_VERSION'), 'utf8'), '18\n');
});

t.test(
  'data that are not a server’s fail with a message for people, the log’s text only in the details',
  async (t) => {
    const folder = t.testdir({
      postgres: { PG_VERSION: '9.6\n' },
      'postgres.json': JSON.stringify({ password: 'x', port: 0 }),
    });
    const error = await start(folder).then(
      () => t.fail('should throw'),
      (thrown) => thrown,
    );
    t.match(error, { code: 'DB_EMBEDDED_FAILED', message: /did not start/, details: { output: String } });
    t.notMatch(error.message, folder);
    t.notOk(existsSync(path.join(folder, 'postgres.lock')), 'the lock is free again');
  },
);

t.test('a folder that cannot be made or written is named as the reason', async (t) => {
  const folder = t.testdir({ file: '' });
  await t.rejects(start(path.join(folder, 'file', 'below')), { code: 'DB_EMBEDDED_NOT_WRITABLE' });
});
