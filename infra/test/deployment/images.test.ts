import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { dockerfiles, environmentOf, ofKind, readDockerfile, textOf } from './dockerfiles.ts';

const ROOT = new URL('../../../', import.meta.url);
const SHA256 = /^NODE_IMAGE=node:24[\w.-]*-slim@sha256:[0-9a-f]{64}$/;
/** Of these Debian has one version at a time, and takes a fixed one away with the next security update. */
const UNPINNED = ['ca-certificates', 'g++', 'make', 'python3'];
const SECRET = /secret|password|token|api_?key|credential|private/i;

t.test('there is an image for each program, and one for the Cloud Storage of the compose file', async (t) => {
  t.same(dockerfiles, ['api.Dockerfile', 'gcs-emulator.Dockerfile', 'ingest.Dockerfile', 'job.Dockerfile']);
});

t.test('all images are made of one base, and build alike', async (t) => {
  const bases = dockerfiles.map((name) => textOf(ofKind('ARG', readDockerfile(name).instructions)[0]));
  t.equal(new Set(bases).size, 1);
  t.match(bases[0], SHA256, 'which is fixed by digest');
  // Steps that are the same, on the same files, are done once for all images.
  const beginnings = dockerfiles.map((name) => {
    const { instructions } = readDockerfile(name);
    const end = instructions.findIndex((one) => textOf(one).includes(' build '));
    return instructions.slice(0, end).map((one) => one.getTextContent());
  });
  t.ok(beginnings[0]?.some((text) => text.includes('install --frozen-lockfile')));
  for (const beginning of beginnings) t.same(beginning, beginnings[0]);
});

for (const name of dockerfiles) {
  const { instructions, lastStage, lines } = readDockerfile(name);

  t.test(`${name} makes an image that is fixed, small and without privileges`, async (t) => {
    for (const from of ofKind('FROM', instructions)) t.match(textOf(from), /^\$\{NODE_IMAGE\}/);
    t.same(ofKind('ADD', instructions), [], 'nothing is downloaded unseen');
    t.equal(textOf(ofKind('USER', lastStage).at(-1)), 'node');
    for (const copy of ofKind('COPY', lastStage)) {
      t.match(copy.getTextContent(), /^COPY --from=build \/src\/dist\//, 'only what was built');
    }
    const [prepare] = ofKind('RUN', lastStage);
    t.match(textOf(prepare), /rm -rf .*\/usr\/local\/lib\/node_modules/, 'without npm');
    // The exec form: SIGTERM reaches Node, not a shell.
    const [start] = [...ofKind('ENTRYPOINT', lastStage), ...ofKind('CMD', lastStage)];
    t.equal((JSON.parse(start?.getRawArgumentsContent() ?? '') as string[])[0], 'node');
    t.ok(ofKind('CMD', lastStage).length <= 1 && ofKind('ENTRYPOINT', lastStage).length <= 1);
  });

  t.test(`${name} keeps the rules of hadolint`, async (t) => {
    t.same(ofKind('MAINTAINER', instructions), [], 'DL4000');
    for (const place of ofKind('WORKDIR', instructions)) t.match(textOf(place), /^\//, 'DL3000');
    for (const kind of ['CMD', 'ENTRYPOINT'])
      for (const one of ofKind(kind, instructions))
        t.match(one.getRawArgumentsContent(), /^\[.*\]$/s, 'DL3025');
    for (const run of ofKind('RUN', instructions))
      checkRun(t, textOf(run), lines[run.getRange().start.line - 1]);
    const workDirectory = instructions.findLastIndex((one) => one.getKeyword() === 'WORKDIR');
    for (const copy of ofKind('COPY', lastStage)) {
      const target = copy.getArguments().at(-1)?.getValue() ?? '';
      t.ok(target.startsWith('/') || instructions.indexOf(copy) > workDirectory, 'DL3045');
    }
  });

  t.test(`${name} holds no secret`, async (t) => {
    const names = [
      ...environmentOf(instructions),
      ...ofKind('ARG', instructions).map((one) => textOf(one).split('=')[0] ?? ''),
    ];
    t.same(
      names.filter((one) => SECRET.test(one)),
      [],
    );
  });
}

function checkRun(t: Test, command: string, lineBefore: string | undefined): void {
  t.notMatch(command, /\b(sudo|apt) |\bcd /, 'DL3004, DL3027, DL3003');
  t.notMatch(command, / \| /, 'DL4006: the end of a pipe would hide what its beginning says');
  if (command.includes('npx ')) {
    for (const [, tool] of command.matchAll(/npx (?:--\S+ )*(\S+)/g))
      t.match(tool, /@\d+\.\d+\.\d+$/, 'DL3016');
  }
  if (!command.includes('apt-get')) return;
  t.match(command, /apt-get install -y --no-install-recommends/, 'DL3014, DL3015');
  t.match(command, /rm -rf \/var\/lib\/apt\/lists\/\*/, 'DL3009');
  const packages = /--no-install-recommends ([^&]+)/.exec(command)?.[1]?.trim().split(/\s+/) ?? [];
  const free = packages.filter((one) => !one.includes('='));
  t.same(
    free.filter((one) => !UNPINNED.includes(one)),
    [],
    'DL3008',
  );
  if (free.length > 0) t.equal(lineBefore, '# hadolint ignore=DL3008', 'said, not overlooked');
}

for (const name of ['api.Dockerfile', 'job.Dockerfile', 'ingest.Dockerfile']) {
  t.test(
    `${name} brings the ffmpeg that tests run with, and writes where a disk can be mounted`,
    async (t) => {
      const { lastStage } = readDockerfile(name);
      t.match(textOf(ofKind('RUN', lastStage)[0]), /'ffmpeg=7:5\.1\.\*'/);
      t.match(textOf(ofKind('RUN', lastStage)[0]), /install -d -o node -g node .*\/scratch/);
      const environment = ofKind('ENV', lastStage).map(textOf).join(' ');
      t.match(environment, /TMPDIR=\/scratch/);
      if (name !== 'ingest.Dockerfile') t.match(environment, /JOB_TEMP_DIR=\/scratch/);
    },
  );
}

t.test('the API says whether it is well', async (t) => {
  const [check] = ofKind('HEALTHCHECK', readDockerfile('api.Dockerfile').lastStage);
  t.match(check?.getTextContent(), /--timeout=\d+s[\s\S]*CMD \["node"[\s\S]*\/api\/health/);
});

t.test('no secret, test or leftover of a machine reaches a build', async (t) => {
  const ignored = readFileSync(fileURLToPath(new URL('.dockerignore', ROOT)), 'utf8').split('\n');
  for (const pattern of readFileSync(fileURLToPath(new URL('.gitignore', ROOT)), 'utf8')
    .trim()
    .split('\n')) {
    t.ok(ignored.includes(`**/${pattern.replace(/\/$/, '')}`), pattern);
  }
  for (const pattern of [
    '.git',
    '**/test',
    '**/.env',
    '**/.env.*',
    '**/*.pem',
    '**/*.key',
    '**/*.tfstate*',
  ]) {
    t.ok(ignored.includes(pattern), pattern);
  }
});
