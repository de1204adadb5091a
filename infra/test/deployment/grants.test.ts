import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startGcsServer } from '@bachata-buddy/gcs-testkit';
import { type ObjectStore, openObjectStore, putOnce } from '@bachata-buddy/storage';
import { OWN_SONG_PREFIX, PREPARED_SONG_PREFIX, UPLOAD_PREFIX } from '@bachata-buddy/vocabulary';
import t, { type Test } from 'tap';
import { openStoredParts } from '../../../apps/job/src/render/stored-parts.ts';
import { readGrants } from './grants.ts';
import { readTerraform } from './read-terraform.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const grants = await readGrants();

/** What a bucket is asked for by each method of a store (packages/storage/src/gcs-store.ts). */
const STORE_METHODS: Readonly<Record<string, readonly string[]>> = {
  stat: ['storage.objects.get'],
  openRead: ['storage.objects.get'],
  fetchToFile: ['storage.objects.get'],
  assertReachable: ['storage.objects.get'],
  putFile: ['storage.objects.create'],
  remove: ['storage.objects.get', 'storage.objects.delete'],
  list: ['storage.objects.list'],
  localPath: [],
  // In the cloud a CDN serves videos, and addresses are signed with its key.
  signedUrl: [],
};

/** What Cloud Run is asked for by each method of Google's clients. */
const RUN_METHODS: Readonly<Record<string, readonly string[]>> = {
  runJob: ['run.jobs.run', 'run.jobs.runWithOverrides'],
  getExecution: ['run.executions.get'],
  listExecutionsAsync: ['run.executions.list'],
  cancelExecution: ['run.executions.cancel'],
};

/** The source of an app: what is called, with what stands behind the opening bracket. */
function callsIn(app: string, of: RegExp): { method: string; rest: string }[] {
  const folder = join(ROOT, 'apps', app, 'src');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const source = readFileSync(join(folder, name), 'utf8');
      return [...source.matchAll(of)].map((match) => ({
        method: match[1] ?? '',
        rest: source.slice(match.index, match.index + 300),
      }));
    });
}

t.test('every method of a store is known here by what it asks of a bucket', async (t) => {
  const source = readFileSync(join(ROOT, 'packages/storage/src/object-store.ts'), 'utf8');
  const declared = [...source.matchAll(/^ {2}(\w+)\(/gm)].map(([, name = '']) => name);
  t.ok(declared.length >= 8);
  for (const name of declared) t.ok(name in STORE_METHODS, name);
});

/** Where an app writes under a name that may be taken, it must be allowed to delete what is there. */
const mayReplace = ({ method, rest }: { method: string; rest: string }): boolean =>
  method === 'putFile' && !/^[^;]*?ifAbsent: true/.test(rest);

for (const { app, account, replaces } of [
  { app: 'api', account: 'api', replaces: false },
  // Only a blueprint from a file, which no execution in the cloud has, is stored over what there is.
  { app: 'job', account: 'render', replaces: false },
  { app: 'ingest', account: 'ingest', replaces: true },
]) {
  t.test(
    `the account ${account} may do in buckets what the code of ${app} does, and write nothing else`,
    async (t) => {
      const calls = callsIn(app, /\bstore\.(\w+)\(/g);
      for (const { method } of calls) t.ok(method in STORE_METHODS, method);
      const needed = new Set(calls.flatMap(({ method }) => STORE_METHODS[method] ?? []));
      if (replaces) {
        t.ok(calls.some(mayReplace));
        needed.add('storage.objects.delete');
      }
      t.ok(needed.has('storage.objects.get') && needed.has('storage.objects.create'));
      const granted = new Set(grants.storage[account]?.flatMap(({ permissions }) => permissions));
      for (const permission of needed) t.ok(granted.has(permission), `is granted ${permission}`);
      for (const permission of ['storage.objects.create', 'storage.objects.delete']) {
        if (granted.has(permission)) t.ok(needed.has(permission), `needs ${permission}`);
      }
    },
  );
}

t.test('the API writes in the folders of what users bring alone, and beside prepared songs', async (t) => {
  const writing = grants.storage.api?.filter(({ permissions }) =>
    permissions.some((name) => /create|delete|update/.test(name)),
  );
  const places = writing?.map(({ bucket, objectPrefix }) => `${bucket} ${objectPrefix}`).sort();
  t.same(places, [`media ${PREPARED_SONG_PREFIX}`, `media ${OWN_SONG_PREFIX}`, `output ${UPLOAD_PREFIX}`]);
});

/** The bucket of media, as the programs of that account meet it. */
async function openMediaAs(t: Test, account: string): Promise<ObjectStore> {
  const server = await startGcsServer({ buckets: ['media'], grants: grants.storage });
  t.teardown(() => server.close());
  const { GOOGLE_APPLICATION_CREDENTIALS: before } = process.env;
  t.teardown(() => {
    if (before === undefined) delete process.env.GOOGLE_APPLICATION_CREDENTIALS;
    else process.env.GOOGLE_APPLICATION_CREDENTIALS = before;
  });
  process.env.GOOGLE_APPLICATION_CREDENTIALS = await server.writeCredentials(t.testdirName, account);
  return openObjectStore({
    STORAGE: 'gcs',
    LOCAL_STORAGE_PATH: '',
    GCS_BUCKET_NAME: 'media',
    GCP_PROJECT_ID: 'test',
    GCS_API_ENDPOINT: server.origin,
  });
}

t.test('two jobs that make the same part at the same time both end well', async (t) => {
  const path = join(t.testdir({ 'one.mp4': 'a part', 'other.mp4': 'a part' }), 'one.mp4');
  const store = await openMediaAs(t, 'render');
  const [one, other] = [openStoredParts(store), openStoredParts(store)];
  for (const job of [one, other]) t.notOk(await job.take('key', `${path}.absent`));
  await one.keep('key', path);
  await t.resolves(other.keep('key', join(t.testdirName, 'other.mp4')));
  t.ok(await other.take('key', `${path}.taken`));
  t.equal(readFileSync(`${path}.taken`, 'utf8'), 'a part');
});

t.test(
  'a sample that another has prepared is as good, and a place that is not granted is refused',
  async (t) => {
    const filePath = join(t.testdir({ 'song.m4a': 'a sample' }), 'song.m4a');
    const store = await openMediaAs(t, 'api');
    const put = (key: string) => putOnce(store, { filePath, key, contentType: 'audio/mp4' });
    await put(`${PREPARED_SONG_PREFIX}a.m4a`);
    await t.resolves(put(`${PREPARED_SONG_PREFIX}a.m4a`));
    await t.rejects(put('songs/a.m4a'), { code: 'STORAGE_REFUSED' });
  },
);

t.test('who speaks with Cloud Run may do there what the code does', async (t) => {
  for (const app of ['job', 'ingest']) t.same(callsIn(app, /@google-cloud\/run/g), [], app);
  const calls = callsIn('api', /\b(?:jobs|executions)\.(\w+)\(/g).filter(({ method }) => method !== 'close');
  t.ok(calls.length >= 4);
  for (const { method } of calls) {
    t.ok(method in RUN_METHODS, method);
    for (const permission of RUN_METHODS[method] ?? []) {
      t.ok(grants.run.api?.includes(permission), `${method}: ${permission}`);
    }
  }
});

t.test('each program’s account reads every secret that the program is given', async (t) => {
  const { locals } = await readTerraform();
  const given = locals.get('secret_environment') as Readonly<Record<string, object>>;
  const readers = String(locals.get('readers'));
  const accountOf = (program: string): string => (program === 'sweep' ? 'api' : program);
  for (const [program, secrets] of Object.entries(given)) {
    const account = accountOf(program);
    if (account === 'api') {
      // The same set, in the same words.
      const all = 'setsubtract(local.secret_names, ["DATABASE_OWNER_URL"])';
      if (program === 'api') t.match(String(secrets), `for name in ${all} :`);
      t.match(readers, `for secret in ${all} : "api`);
      continue;
    }
    for (const secret of Object.values(secrets)) {
      const isNamed = readers.includes(`"${account} ${secret}"`);
      const isListed = new RegExp(`for account in \\[[^\\]]*"${account}"`).test(readers);
      t.ok(isNamed || (secret === 'DATABASE_URL' && isListed), `${account} reads ${secret}`);
    }
  }
});
