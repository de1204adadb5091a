import t from 'tap';
import { changedTests } from '../../dev/testing/changed-tests.ts';
import { namedPaths } from '../../dev/testing/leads.ts';
import { narrowedTests, programsToShake } from '../../dev/testing/narrowed-tests.ts';

/** A small workspace: what each source imports, and what it says. */
const LEADS_TO = {
  'packages/steps/test/turn.test.ts': ['packages/steps/src/turn.ts'],
  'packages/steps/test/count.test.ts': ['packages/steps/src/count.ts', 'packages/steps/test/examples.ts'],
  'packages/steps/test/examples.ts': [],
  'packages/steps/src/index.ts': ['packages/steps/src/turn.ts', 'packages/steps/src/count.ts'],
  'packages/steps/src/turn.ts': [],
  'packages/steps/src/count.ts': [],
  'apps/api/src/server.ts': ['packages/steps/src/index.ts'],
  'apps/api/test/server.test.ts': [],
  'apps/api/test/golden/golden.test.ts': [],
  'infra/test/system/chain.test.ts': ['infra/build/apps.ts'],
  'infra/test/deployment/operations.test.ts': [],
  'infra/build/apps.ts': [],
};
const TEXTS: Readonly<Record<string, string>> = {
  'apps/api/test/server.test.ts': `programArguments('apps/api/src/server.ts')`,
  'infra/build/apps.ts': `server: 'apps/api/src/server.ts', files: 'packages/rows/migrations'`,
  'infra/test/deployment/operations.test.ts': `new URL('../../../docs/operations.md'), new URL('../../terraform/')`,
};
const TESTS = Object.keys(LEADS_TO).filter((path) => path.endsWith('.test.ts'));

const affectedBy = (...changed: string[]) =>
  changedTests({ tests: TESTS, changed, leadsTo: LEADS_TO, textOf: (source) => TEXTS[source] ?? '' });

const TURN = 'packages/steps/test/turn.test.ts';
const COUNT = 'packages/steps/test/count.test.ts';
const SERVER = 'apps/api/test/server.test.ts';
const CHAIN = 'infra/test/system/chain.test.ts';

t.test('a source affects what imports it, and what starts a program that does', async (t) => {
  t.strictSame(affectedBy('packages/steps/src/turn.ts'), [TURN, SERVER, CHAIN]);
  t.strictSame(affectedBy('apps/api/src/server.ts'), [SERVER, CHAIN]);
  t.strictSame(affectedBy('packages/steps/test/examples.ts'), [COUNT], 'what only tests know');
  t.strictSame(affectedBy(TURN), [TURN], 'a test itself');
  t.strictSame(affectedBy('packages/steps/src/gone.ts'), [TURN, COUNT, SERVER, CHAIN], 'one that is gone');
});

t.test('a file that is no module affects its room, or the tests beside it, or who names it', async (t) => {
  t.strictSame(affectedBy('packages/steps/examples/minimal.json'), [TURN, COUNT, SERVER, CHAIN]);
  t.strictSame(affectedBy('packages/steps/test/data/song.json'), [TURN, COUNT]);
  t.strictSame(affectedBy('apps/api/test/golden/limits.json'), [
    SERVER,
    'apps/api/test/golden/golden.test.ts',
  ]);
  t.strictSame(affectedBy('packages/rows/migrations/0001_first.sql'), [CHAIN]);
  t.strictSame(affectedBy('docs/operations.md'), ['infra/test/deployment/operations.test.ts']);
  t.strictSame(affectedBy('docs/images/dance.png'), []);
});

t.test('what all tests hang on affects all of them', async (t) => {
  for (const path of ['pnpm-lock.yaml', 'infra/dev/testing/report.ts', 'infra/build/compile.ts'])
    t.strictSame(affectedBy(path), TESTS, path);
});

/** What programs use: of the room's index each another part, and of what the server uses, one starts a worker. */
const LIVE = {
  [TURN]: [TURN, 'packages/steps/src/turn.ts'],
  [COUNT]: [COUNT, 'packages/steps/src/count.ts', 'packages/steps/test/examples.ts'],
  [SERVER]: [SERVER],
  [CHAIN]: [CHAIN, 'infra/build/apps.ts'],
  'apps/api/src/server.ts': ['apps/api/src/server.ts', 'packages/steps/src/turn.ts'],
  'packages/steps/src/worker.ts': ['packages/steps/src/worker.ts', 'packages/steps/src/count.ts'],
};
const WITH_WORKER = { ...LEADS_TO, 'packages/steps/src/worker.ts': ['packages/steps/src/count.ts'] };
const STARTS = { 'packages/steps/src/turn.ts': 'packages/steps/src/worker.ts' };

const narrowedTo = (starts: Readonly<Record<string, string>>, ...changed: string[]) =>
  narrowedTests({
    ...{ tests: TESTS, changed, leadsTo: WITH_WORKER, live: LIVE, starts },
    textOf: (source) => TEXTS[source] ?? '',
  });

t.test('a source affects those alone that use it, in programs that they start too', async (t) => {
  t.strictSame(narrowedTo({}, 'packages/steps/src/turn.ts'), [TURN, SERVER, CHAIN]);
  t.strictSame(
    narrowedTo({}, 'packages/steps/src/count.ts'),
    [COUNT],
    'which the server imports and does not use',
  );
  t.strictSame(
    narrowedTo(STARTS, 'packages/steps/src/count.ts'),
    [TURN, COUNT, SERVER, CHAIN],
    'in a worker',
  );
  t.strictSame(narrowedTo({}, 'apps/api/src/server.ts'), [SERVER, CHAIN]);
  t.strictSame(narrowedTo({}, 'infra/build/apps.ts'), TESTS, 'what all hang on');
});

t.test('where nobody can tell who uses a file, those are affected that import it', async (t) => {
  t.strictSame(narrowedTo({}, 'packages/steps/src/index.ts'), [SERVER, CHAIN]);
  t.strictSame(narrowedTo({}, 'packages/steps/examples/minimal.json'), [TURN, COUNT, SERVER, CHAIN]);
});

t.test('programs are looked at that the change can reach, those that are started among them', async (t) => {
  const programs = programsToShake({
    ...{ tests: TESTS, changed: ['packages/steps/src/count.ts'], leadsTo: WITH_WORKER, starts: STARTS },
    textOf: (source) => TEXTS[source] ?? '',
  });
  t.strictSame(programs, [COUNT, SERVER, CHAIN, 'apps/api/src/server.ts', 'packages/steps/src/worker.ts']);
});

t.test('paths are found in a text, from wherever they lead', async (t) => {
  t.strictSame(
    namedPaths(`new URL('../../../docs/openapi.json', x); 'apps/api/src/commands/\${name}.ts'; "a.b"`),
    ['docs/openapi.json', 'apps/api/src/commands/'],
  );
});
