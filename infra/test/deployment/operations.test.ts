import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { EXIT_CODE } from '../../../apps/job/src/exit-code.ts';
import { readTerraform } from './read-terraform.ts';

const ROOT = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(fileURLToPath(new URL(path, ROOT)), 'utf8');
const guide = read('docs/operations.md');

t.test('the runbook knows every text that ends a task outside its own rendering', async (t) => {
  const sources = ['cloud-run-error', 'conclusion', 'recovery', 'local-process-launcher'].map((name) =>
    read(`apps/api/src/launch/${name}.ts`),
  );
  const texts = sources.flatMap((source) =>
    [
      ...source.matchAll(
        /'((?:The (?:platform|service|rendering)|Job submission|Blueprint generation)[^']*\.)'/g,
      ),
    ].map(([, text = '']) => text),
  );
  t.ok(texts.length >= 8);
  // These are said of a submission that is made again; only the last of thirty ends a task, in words of its own.
  const passing = /no room for another|did not answer in order|cannot run the rendering job/;
  for (const text of texts.filter((one) => !passing.test(one))) t.ok(guide.includes(text), text);
  t.ok(guide.includes('`Cancelled by user`'));
});

t.test('the runbook knows every exit code of the job', async (t) => {
  for (const code of Object.values(EXIT_CODE)) t.match(guide, new RegExp(`^\\| ${code} \\|`, 'm'));
});

t.test('every value that the guide has somebody set is a variable of Terraform', async (t) => {
  const { variables } = await readTerraform();
  const named = [...guide.matchAll(/^ {3}([a-z_]+) += |`([a-z]+(?:_[a-z]+)+) = /gm)].map(
    ([, first, second]) => first ?? second ?? '',
  );
  t.ok(named.length > 12);
  for (const name of named) t.ok(variables.has(name), name);
});
