import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { parse } from 'yaml';
import { ConfigSchema } from '../../../apps/api/src/config.ts';
import { IngestVariables } from '../../../apps/ingest/src/config.ts';
import { JobVariables } from '../../../apps/job/src/config.ts';
import { DOCKER_FOLDER, dockerfiles, environmentOf, ofKind, readDockerfile } from './dockerfiles.ts';

const EMULATOR = fileURLToPath(
  new URL('../../../packages/gcs-testkit/src/commands/serve.ts', import.meta.url),
);
/** Of Node, the operating system and Google's clients. */
const FOREIGN = ['NODE_ENV', 'TMPDIR', 'GOOGLE_APPLICATION_CREDENTIALS'];
const VARIABLES: Readonly<Record<string, { properties: object; required?: readonly string[] }>> = {
  api: ConfigSchema,
  migrate: ConfigSchema,
  job: JobVariables,
  ingest: IngestVariables,
};

interface Service {
  readonly image: string;
  readonly build?: { readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
}

const text = readFileSync(join(DOCKER_FOLDER, 'docker-compose.yml'), 'utf8');
const { services, volumes } = parse(text, { merge: true }) as {
  services: Readonly<Record<string, Service>>;
  volumes: Readonly<Record<string, unknown>>;
};
const service = (name: string): Service => services[name] ?? { image: '' };
const dockerfileOf = ({ build }: Service): string => build?.dockerfile.replace('infra/docker/', '') ?? '';
const programs = Object.entries(services).filter(([name]) => name in VARIABLES);

t.test('compose runs PostgreSQL, a Cloud Storage and every program', async (t) => {
  t.same(Object.keys(services).sort(), ['api', 'ingest', 'job', 'migrate', 'postgres', 'storage']);
});

for (const [
  name,
  { image, build, depends_on = {}, ports = [], volumes: mounts = [], ...rest },
] of Object.entries(services)) {
  t.test(`compose's ${name} is made of what there is, and open to this machine alone`, async (t) => {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      t.ok(services[other], other);
      if (condition === 'service_healthy')
        t.ok(service(other).healthcheck, `${other} can say that it is healthy`);
    }
    for (const port of ports) t.match(port, /^127\.0\.0\.1:\d+:\d+$/);
    for (const mount of mounts) t.ok((mount.split(':')[0] ?? '') in volumes, mount);
    if (build === undefined) {
      t.match(image, /:\d+\.\d+/, 'a release, not what is newest');
      return;
    }
    t.ok(dockerfiles.includes(dockerfileOf(service(name))), build.dockerfile);
    t.equal(rest.read_only, true, 'its file system stays as the image has it');
    t.same(rest.cap_drop, ['ALL']);
  });
}

for (const [name, { environment = {}, ...rest }] of programs) {
  t.test(`compose's ${name} is told what it needs, and only what it reads`, async (t) => {
    const ofImage = environmentOf(readDockerfile(dockerfileOf(rest as Service)).lastStage);
    const given = new Set([...ofImage, ...Object.keys(environment)]);
    const schema = VARIABLES[name];
    const properties = (schema?.properties ?? {}) as Readonly<Record<string, object>>;
    t.same(
      [...given].filter((variable) => !FOREIGN.includes(variable) && !(variable in properties)),
      [],
    );
    // Migrating needs the database alone, which it says itself.
    const needed = name === 'migrate' ? ['DATABASE_URL'] : (schema?.required ?? []);
    t.same(
      needed.filter((variable) => !given.has(variable) && !('default' in (properties[variable] ?? {}))),
      [],
    );
  });
}

t.test('all programs use the buckets, the address and the key that the Cloud Storage has', async (t) => {
  const options = service('storage').command ?? [];
  const valuesOf = (flag: string) =>
    options.filter((option) => option.startsWith(`${flag}=`)).map((option) => option.slice(flag.length + 1));
  const help = /HELP = `([^`]*)`/.exec(readFileSync(EMULATOR, 'utf8'))?.[1] ?? '';
  for (const option of options) t.ok(help.includes(option.split('=')[0] ?? '-'), option);

  for (const name of ['api', 'ingest', 'job']) {
    const { environment = {}, volumes: mounts = [] } = service(name);
    t.match(environment, { STORAGE: 'gcs', GCS_API_ENDPOINT: valuesOf('--origin')[0] ?? '?' }, name);
    t.ok(valuesOf('--bucket').includes(environment.GCS_BUCKET_NAME ?? ''));
    // What a CDN serves is the first one.
    t.equal(environment.GCS_OUTPUT_BUCKET_NAME, valuesOf('--bucket')[0]);
    t.ok(mounts.includes('credentials:/credentials:ro'));
    t.equal(environment.GOOGLE_APPLICATION_CREDENTIALS, `${valuesOf('--credentials')[0]}/credentials.json`);
    t.ok(
      mounts.some((mount) => mount.endsWith(':/scratch')),
      'its temporary files lie on a disk',
    );
  }
  const { CDN_SIGNING_KEY, CDN_SIGNING_KEY_NAME } = service('api').environment ?? {};
  t.same(valuesOf('--cdn-key'), [`${CDN_SIGNING_KEY_NAME}=${CDN_SIGNING_KEY}`]);
});

t.test('a program is listened to where its image listens', async (t) => {
  for (const [name, port] of [
    ['api', '8080'],
    ['storage', '9000'],
  ] as const) {
    const { lastStage } = readDockerfile(dockerfileOf(service(name)));
    t.equal(ofKind('EXPOSE', lastStage)[0]?.getArgumentsContent(), port);
    t.match(service(name).ports?.[0], new RegExp(`:${port}$`));
  }
});
