import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { parseEnv } from 'node:util';
import t from 'tap';
import { ConfigSchema, parseOrigins, readConfig, readJobEnvironment } from '../src/config.ts';
import { readJobName } from '../src/launch/launcher-config.ts';
import { openPlatformLauncher } from '../src/launch/open-platform-launcher.ts';

const REQUIRED = {
  DATABASE_URL: 'postgres://a:b@localhost/c',
  JWT_SECRET: 'GOy0R8l2v5sXb1YkqZ7cW3nD9fHjT4aE',
};
const EXAMPLE_URL = new URL('../../../.env.example', import.meta.url);

t.test('what is not set has its default', async (t) => {
  const config = readConfig(REQUIRED);
  t.match(config, {
    HOST: '127.0.0.1',
    PORT: 8000,
    JOB_CONCURRENCY: 1,
    GEMINI_MODEL: 'gemini-2.5-flash',
    LOG_LEVEL: 'info',
  });
  t.equal(config.GOOGLE_API_KEY, undefined);
  t.equal(readConfig({ ...REQUIRED, PORT: '9000', GOOGLE_API_KEY: '' }).PORT, 9000);
});

t.test('all that is missing or wrong is named at once, never with its value', async (t) => {
  try {
    readConfig({
      JWT_SECRET: 'too-short',
      PORT: 'eight',
      JOB_CONCURRENCY: '0',
      LOG_LEVEL: 'loud',
      GOOGLE_API_KEY: 'k',
    });
    t.fail('it must not be accepted');
  } catch (thrown) {
    const { code, message } = thrown as Error & { code: string };
    t.equal(code, 'CONFIG_INVALID');
    for (const name of ['DATABASE_URL', 'JWT_SECRET', 'PORT', 'JOB_CONCURRENCY', 'LOG_LEVEL'])
      t.match(message, name);
    t.notMatch(message, /too-short|eight|loud/);
  }
});

t.test('the example names every variable, with its default, and no other', async (t) => {
  const example = parseEnv(readFileSync(EXAMPLE_URL, 'utf8'));
  t.strictSame(Object.keys(example).sort(), Object.keys(ConfigSchema.properties).sort());
  const config = readConfig({ ...example, ...REQUIRED });
  t.strictSame(config, readConfig(REQUIRED));
  t.equal(example.JWT_SECRET, '', 'a secret has no default');
});

t.test('a launcher on Cloud Run wants to know its job, and nothing is guessed', async (t) => {
  t.equal(readConfig(REQUIRED).JOB_LAUNCHER, 'local');
  t.equal(await openPlatformLauncher(readConfig(REQUIRED)), undefined);
  const onCloudRun = { ...REQUIRED, JOB_LAUNCHER: 'cloud-run', CLOUD_RUN_REGION: 'europe-west1' };
  await t.rejects(openPlatformLauncher(readConfig(onCloudRun)), {
    code: 'CONFIG_INVALID',
    message: /GCP_PROJECT_ID is missing: .*\n.*CLOUD_RUN_JOB_NAME is missing/,
  });
  const complete = { ...onCloudRun, GCP_PROJECT_ID: 'p', CLOUD_RUN_JOB_NAME: 'video-processor' };
  t.equal(readJobName(readConfig(complete)), 'projects/p/locations/europe-west1/jobs/video-processor');
  for (const wrong of [{ JOB_LAUNCHER: 'cloud' }, { CLOUD_RUN_TRANSPORT: 'http' }]) {
    t.throws(() => readConfig({ ...complete, ...wrong }), { code: 'CONFIG_INVALID' });
  }
});

t.test('a size that no job could render is refused before any job is started', async (t) => {
  for (const RENDER_SIZE of ['big', '1279x720']) {
    t.throws(() => readConfig({ ...REQUIRED, RENDER_SIZE }), {
      code: 'CONFIG_INVALID',
      message: /^The configuration is not valid:\n {2}RENDER_SIZE /,
    });
  }
});

t.test('origins are separated by commas', async (t) => {
  t.strictSame(parseOrigins(' https://a.example/ , http://b.example:3000,'), [
    'https://a.example',
    'http://b.example:3000',
  ]);
  t.strictSame(parseOrigins(''), []);
});

t.test('a job gets what it needs and no secret of the service', async (t) => {
  const config = readConfig({ ...REQUIRED, GOOGLE_API_KEY: 'key', FFMPEG_PATH: '/opt/ffmpeg' });
  const environment = readJobEnvironment(config, {
    PATH: '/bin',
    HOME: '/home/a',
    OTHER: 'x',
    JWT_SECRET: 'y',
  });
  const names = [
    'DATABASE_URL',
    'FFMPEG_PATH',
    'HOME',
    'LOCAL_STORAGE_PATH',
    'LOG_LEVEL',
    'PATH',
    'RENDER_CACHE_MAX_MB',
    'RENDER_SIZE',
    'STORAGE',
  ];
  t.strictSame(Object.keys(environment).sort(), names);
  t.ok(isAbsolute(environment.LOCAL_STORAGE_PATH ?? ''));
  const traces = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_SERVICE_NAME: 'api' };
  const traced = readJobEnvironment(readConfig({ ...REQUIRED, ...traces }), {});
  t.match(traced, { OTEL_EXPORTER_OTLP_ENDPOINT: traces.OTEL_EXPORTER_OTLP_ENDPOINT });
  t.notOk('OTEL_SERVICE_NAME' in traced, 'a job has a name of its own');
});

t.test('a secret that can be guessed is refused, however long', async (t) => {
  for (const JWT_SECRET of ['x'.repeat(32), 'ab'.repeat(40), 'secret'.repeat(6), '0'.repeat(1_000)]) {
    t.throws(() => readConfig({ ...REQUIRED, JWT_SECRET }), { message: /JWT_SECRET is too easy to guess/ });
    t.throws(() => readConfig({ ...REQUIRED, JWT_SECRET_PREVIOUS: JWT_SECRET }), {
      message: /JWT_SECRET_PREVIOUS/,
    });
  }
  for (let count = 0; count < 100; count += 1) {
    t.doesNotThrow(() => readConfig({ ...REQUIRED, JWT_SECRET: randomBytes(16).toString('hex') }));
  }
});
