import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import t from 'tap';
import { parse } from 'yaml';
import { ConfigSchema } from '../../../apps/api/src/config.ts';
import { IngestVariables } from '../../../apps/ingest/src/config.ts';
import { JobVariables } from '../../../apps/job/src/config.ts';

const FOLDER = fileURLToPath(new URL('../../docker/', import.meta.url));
const SHA256 = /@sha256:[0-9a-f]{64}$/;
/** Of Node and npm themselves. */
const FOREIGN = ['NODE_ENV', 'npm_config_nodedir'];
const VARIABLES: Readonly<Record<string, { properties: object; required?: readonly string[] }>> = {
  api: ConfigSchema,
  migrate: ConfigSchema,
  job: JobVariables,
  ingest: IngestVariables,
};

const dockerfiles = readdirSync(FOLDER).filter((name) => name.endsWith('.Dockerfile'));
const instructionsOf = (name: string): Instruction[] =>
  DockerfileParser.parse(readFileSync(join(FOLDER, name), 'utf8')).getInstructions();

/** What the last stage does; the ones before leave nothing in the image. */
function lastStage(instructions: readonly Instruction[]): Instruction[] {
  return instructions.slice(instructions.findLastIndex((instruction) => instruction.getKeyword() === 'FROM'));
}

const textOf = (instruction: Instruction | undefined): string => instruction?.getArgumentsContent() ?? '';

t.test('there is an image for each app', async (t) => {
  t.same(dockerfiles.sort(), ['api.Dockerfile', 'ingest.Dockerfile', 'job.Dockerfile']);
});

for (const name of dockerfiles) {
  t.test(`${name} makes an image that is fixed, small and without privileges`, async (t) => {
    const instructions = instructionsOf(name);
    const ofKind = (keyword: string, among = instructions) =>
      among.filter((instruction) => instruction.getKeyword() === keyword);
    t.match(textOf(ofKind('ARG')[0]), SHA256, 'the base is pinned by digest');
    for (const from of ofKind('FROM')) t.match(textOf(from), /^\$\{NODE_IMAGE\}/);
    t.same(ofKind('ADD'), [], 'nothing is downloaded unseen');
    for (const run of ofKind('RUN').filter((one) => textOf(one).includes('apt-get install'))) {
      t.match(textOf(run), /--no-install-recommends/);
      t.match(textOf(run), /rm -rf \/var\/lib\/apt\/lists\/\*/);
    }
    const last = lastStage(instructions);
    t.match(textOf(ofKind('RUN', last)[0]), /'ffmpeg=7:5\.1\.\*'/, 'the ffmpeg that tests run with');
    t.equal(textOf(ofKind('USER', last).at(-1)), 'node');
    for (const copy of ofKind('COPY', last))
      t.match(copy.getTextContent(), /^COPY --from=build \/src\/dist\//);
    // The exec form: SIGTERM reaches Node, not a shell.
    const starts = [...ofKind('CMD', last), ...ofKind('ENTRYPOINT', last)];
    t.equal(starts.length, 1);
    const command = JSON.parse(starts[0]?.getRawArgumentsContent() ?? '') as string[];
    t.equal(command[0], 'node');
  });
}

t.test('the API says whether it is well', async (t) => {
  t.ok(lastStage(instructionsOf('api.Dockerfile')).some((one) => one.getKeyword() === 'HEALTHCHECK'));
});

interface Service {
  readonly image?: string;
  readonly build?: { readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

const { services } = parse(readFileSync(join(FOLDER, 'docker-compose.yml'), 'utf8')) as {
  services: Record<string, Service>;
};

for (const [name, { image, build, environment = {}, depends_on = {} }] of Object.entries(services)) {
  t.test(`compose's ${name} is made of what there is`, async (t) => {
    for (const other of Object.keys(depends_on)) t.ok(services[other], other);
    if (build === undefined) {
      t.match(image, /:\d+\.\d+/, 'a release, not what is newest');
      return;
    }
    const file = build.dockerfile.replace('infra/docker/', '');
    t.ok(dockerfiles.includes(file), file);
    const ofImage = lastStage(instructionsOf(file))
      .filter((one) => one.getKeyword() === 'ENV')
      .flatMap((one) => one.getArguments().map((argument) => argument.getValue().split('=')[0] ?? ''));
    const given = new Set([...ofImage, ...Object.keys(environment)]);
    const schema = VARIABLES[name];
    t.same(
      [...given].filter(
        (variable) => !FOREIGN.includes(variable) && !(variable in (schema?.properties ?? {})),
      ),
      [],
      'every variable is one that the program reads',
    );
    // Migrating needs the database alone, which it says itself.
    const needed = name === 'migrate' ? ['DATABASE_URL'] : (schema?.required ?? []);
    const properties = (schema?.properties ?? {}) as Readonly<Record<string, object>>;
    t.same(
      needed.filter((variable) => !given.has(variable) && !('default' in (properties[variable] ?? {}))),
      [],
      'every variable that the program needs is given',
    );
  });
}
