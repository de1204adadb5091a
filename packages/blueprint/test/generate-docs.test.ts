import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const COMMAND = ['../../../infra/build/run-program.mjs', '../src/commands/generate-docs.ts'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

function run(...options: string[]) {
  return spawnSync(process.execPath, [...COMMAND, ...options], { encoding: 'utf8' });
}

t.test("the repository's blueprint reference and JSON Schema are current", async (t) => {
  const { status, stdout } = run('--check');
  t.equal(status, 0, stdout);
});

t.test('the check fails where a file was changed, and writes nothing', async (t) => {
  const folder = t.testdir();
  t.equal(run('--out', folder).status, 0);
  appendFileSync(`${folder}/blueprint.md`, 'edited\n');
  const { status, stdout } = run('--check', '--out', folder);
  t.equal(status, 1);
  t.match(stdout, /blueprint\.schema\.json: current\nblueprint\.md: stale/);
  t.match(readFileSync(`${folder}/blueprint.md`, 'utf8'), /edited\n$/);
});

t.test('help is printed, an unknown option is refused', async (t) => {
  t.match(run('--help'), { status: 0, stdout: /Usage: node infra\/build\/run-program\.mjs/ });
  t.match(run('--chekc'), { status: 2, stderr: /chekc[\s\S]*Usage/ });
});
