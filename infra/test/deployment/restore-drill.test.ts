import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const SCRIPT = fileURLToPath(new URL('../../terraform/restore-drill.sh', import.meta.url));

/** Runs the drill with programs that say what they were asked, and a proxy of that script. */
function drill(directory: string, proxy: string, environment: Record<string, string> = {}) {
  const run = spawnSync('bash', [SCRIPT], {
    encoding: 'utf8',
    env: {
      PATH: `${directory}:${process.env.PATH}`,
      PROJECT: 'here',
      PGPASSWORD: 'secret',
      DRILL: 'copy',
      PROXY: proxy,
      ASKED: join(directory, 'asked'),
      ...environment,
    },
  });
  return { ...run, asked: readFileSync(join(directory, 'asked'), 'utf8') };
}

t.test('the drill deletes its copy where the proxy ends or the database does not answer', async (t) => {
  const script = (text: string) => t.fixture('file', `#!/bin/sh\n${text}\n`);
  const directory = t.testdir({
    gcloud: script('echo "$*" >> "$ASKED"'),
    'cloud-sql-proxy': script('eval "$PROXY"'),
    pg_isready: script('exit 2'),
  });
  for (const name of ['gcloud', 'cloud-sql-proxy', 'pg_isready']) chmodSync(join(directory, name), 0o755);
  for (const [proxy, environment, said] of [
    ['exit 1', {}, /cloud-sql-proxy of bachata has ended/],
    ['exec sleep 60', { PROXY_WAIT_SEC: '0' }, /bachata did not answer behind cloud-sql-proxy within 0 s/],
  ] as const) {
    const { status, stderr, asked } = drill(directory, proxy, environment);
    t.equal(status, 1);
    t.match(stderr, said);
    t.match(asked.trim().split('\n').at(-1), 'sql instances delete copy --project here --quiet');
  }
});
