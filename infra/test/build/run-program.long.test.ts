import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { placeOf, sourceOf } from '../../build/kept-builds.mjs';

const RUN_PROGRAM = fileURLToPath(new URL('../../build/run-program.mjs', import.meta.url));

/** Compiling this file would put its own place in. */
const OWN_PLACE = ['import', 'meta', 'url'].join('.');

const PROGRAM = `
import { readFileSync } from 'node:fs';
import { word } from './word.ts';
const beside: string = readFileSync(new URL('beside.txt', ${OWN_PLACE}), 'utf8');
process.stdout.write([word, beside, ...process.argv.slice(2)].join(' '));
process.exitCode = 3;
`;

const FAILING = `
function fails(): never {
  throw new Error('as it should');
}
fails();
`;

/** A program of the workspace that is there for one test alone. */
function makeProgram(t: Test) {
  const directory = t.testdir({
    'program.ts': PROGRAM,
    'failing.ts': FAILING,
    'word.ts': `export const word = 'one';`,
    'beside.txt': 'beside',
  });
  const path = join(directory, 'program.ts');
  const { directory: place } = placeOf(sourceOf(path));
  for (const program of [path, join(directory, 'failing.ts')]) {
    t.teardown(() => rmSync(placeOf(sourceOf(program)).directory, { recursive: true, force: true }));
  }
  const builds = () => readdirSync(place).filter((name) => name !== 'newest.json');
  const say = (word: string) => writeFileSync(join(directory, 'word.ts'), `export const word = '${word}';`);
  return { directory, path, place, builds, say };
}

async function run(path: string, environment: NodeJS.ProcessEnv = {}, args: readonly string[] = []) {
  const env = { ...process.env, KEPT_PROGRAMS: '', ...environment };
  return promisify(execFile)(process.execPath, [RUN_PROGRAM, path, ...args], { env }).then(
    ({ stdout, stderr }) => ({ exitCode: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ exitCode: code as number, stdout, stderr }),
  );
}

t.test('a program is compiled once, and again when a source of it has changed', async (t) => {
  const { path, builds, say } = makeProgram(t);
  const first = { exitCode: 3, stdout: 'one beside --out x', stderr: '' };
  t.strictSame(await run(path, {}, ['--out', 'x']), first);
  const [kept] = builds();
  t.strictSame(await run(path, {}, ['--out', 'x']), first);
  t.strictSame(builds(), [kept], 'the same build ran');
  say('two or three');
  t.match(await run(path), { exitCode: 3, stdout: 'two or three beside' });
  t.equal(builds().length, 2, 'one that others may have just found stays for a while');
});

t.test('several that find no build each run, and the last one is kept whole', async (t) => {
  const { path, place, builds } = makeProgram(t);
  const answers = await Promise.all(Array.from({ length: 3 }, () => run(path)));
  t.strictSame(answers, Array(3).fill({ exitCode: 3, stdout: 'one beside', stderr: '' }));
  const newest = JSON.parse(readFileSync(join(place, 'newest.json'), 'utf8')) as { directory: string };
  t.ok(builds().includes(basename(newest.directory)));
  t.match(await run(path), { stdout: 'one beside' });
});

t.test('where nothing can be kept a program runs all the same, and leaves nothing', async (t) => {
  const { path, place } = makeProgram(t);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, 'not a folder');
  const TMPDIR = mkdtempSync(join(tmpdir(), 'bachata-test-'));
  t.teardown(() => rmSync(TMPDIR, { recursive: true, force: true }));
  t.strictSame(await run(path, { TMPDIR }), { exitCode: 3, stdout: 'one beside', stderr: '' });
  t.strictSame(
    readdirSync(TMPDIR).filter((name) => name.startsWith('bachata')),
    [],
  );
});

t.test('a stack names lines of the source', async (t) => {
  const { directory } = makeProgram(t);
  const { exitCode, stderr } = await run(join(directory, 'failing.ts'));
  t.equal(exitCode, 1);
  t.match(stderr, /as it should[\s\S]*at fails \(.*failing\.ts:3:9\)/);
});

t.test('a program that is not there is refused', async (t) => {
  const { exitCode, stderr } = await run('infra/none.ts');
  t.strictSame([exitCode, stderr], [1, 'error: There is no program infra/none.ts.\n']);
  t.notOk(existsSync(placeOf('infra/none.ts').newestFile));
});

t.test('a program that does not compile says where, and what was kept goes on being kept', async (t) => {
  const { path, builds, directory } = makeProgram(t);
  await run(path);
  const before = builds();
  writeFileSync(join(directory, 'word.ts'), 'export const = 1;');
  const { exitCode, stderr } = await run(path);
  t.equal(exitCode, 1);
  t.match(stderr, /word\.ts:1:13/);
  t.notMatch(stderr, /esbuild\/lib/);
  t.strictSame(builds(), before);
});
