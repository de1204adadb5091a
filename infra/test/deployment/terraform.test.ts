import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { CommandConfigSchema, ConfigSchema } from '../../../apps/api/src/config.ts';
import { IngestVariables } from '../../../apps/ingest/src/config.ts';
import { JobVariables } from '../../../apps/job/src/config.ts';

const FOLDER = fileURLToPath(new URL('../../terraform/', import.meta.url));
const code = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.tf'))
  .map((name) => readFileSync(join(FOLDER, name), 'utf8'))
  .join('\n');

const matches = (pattern: RegExp, text = code): string[] => [
  ...new Set([...text.matchAll(pattern)].map((match) => match.slice(1).filter(Boolean).join('.'))),
];

t.test('every reference names something that is declared', async (t) => {
  const resources = matches(/^resource "(\w+)" "(\w+)"/gm);
  const variables = matches(/^variable "(\w+)"/gm);
  // Locals stand indented by two, which `terraform fmt` holds to.
  const locals = matches(/^ {2}(\w+)\s+= /gm, matches(/^locals \{\n([\s\S]*?)^\}/gm).join('\n'));
  t.ok(resources.length > 20 && variables.length > 5 && locals.length > 5);
  for (const name of matches(/(?<!"|data\.)\b((?:google|random)_\w+\.\w+)/g))
    t.ok(resources.includes(name), name);
  for (const name of matches(/\bvar\.(\w+)/g)) t.ok(variables.includes(name), `var.${name}`);
  for (const name of matches(/\blocal\.(\w+)/g)) t.ok(locals.includes(name), `local.${name}`);
  for (const name of variables) t.ok(code.includes(`var.${name}`), `${name} is used`);
});

t.test('every variable and output says what it is', async (t) => {
  for (const [block] of code.matchAll(/^(variable|output) "\w+" \{\n[\s\S]*?^\}/gm)) {
    t.match(block, /description = "\S.*"/);
  }
});

/** The variables in one of the maps or lists of `run.tf`. */
function variablesIn(local: string): string[] {
  const text = new RegExp(`^ {2}${local}\\s+= [\\s\\S]*?^ {2}\\S.*$`, 'm').exec(code)?.[0] ?? '';
  const names = local.endsWith('_secrets')
    ? matches(/"([A-Z_]+)"/g, text.split('\n')[0])
    : matches(/^ {4}([A-Z_]+)\s+=/gm, text);
  t.ok(names.length > 0, local);
  return names;
}

const storage = variablesIn('storage_environment');
const launcher = variablesIn('launcher_environment');
const api = [...storage, ...launcher, ...variablesIn('api_environment'), ...variablesIn('api_secrets')];

for (const [program, schema, given] of [
  ['the API', ConfigSchema, api],
  ['the sweeper', CommandConfigSchema, [...storage, ...launcher, 'DATABASE_URL']],
  ['the rendering job', JobVariables, [...storage, 'DATABASE_URL']],
  ['ingesting', IngestVariables, [...storage, 'DATABASE_URL']],
] as const) {
  t.test(`${program} gets what it needs, and only what it reads`, async (t) => {
    const properties = schema.properties as Readonly<Record<string, object>>;
    t.same(
      given.filter((name) => !(name in properties)),
      [],
    );
    const needed = (schema.required ?? []).filter((name) => !('default' in (properties[name] ?? {})));
    t.same(
      needed.filter((name) => !given.includes(name)),
      [],
    );
  });
}

t.test('the API may start one job and no other', async (t) => {
  const grants = [...code.matchAll(/resource "google_cloud_run_v2_job_iam_member"[\s\S]*?^\}/gm)].map(
    ([text]) => text,
  );
  const ofApi = grants.filter((text) => text.includes('local.member["api"]'));
  t.ok(ofApi.length > 0);
  for (const grant of ofApi) t.match(grant, /name\s+= google_cloud_run_v2_job\.render\.name/);
  t.notMatch(code, /roles\/(editor|owner|run\.admin|run\.developer)/);
});

const isInstalled = spawnSync('terraform', ['version']).status === 0;

t.test(
  'terraform finds nothing to format, and can read every file',
  { skip: isInstalled ? false : 'Terraform is not installed' },
  async (t) => {
    const { status, stdout, stderr } = spawnSync('terraform', ['fmt', '-check', '-diff', FOLDER], {
      encoding: 'utf8',
    });
    t.equal(status, 0, `${stdout}${stderr}`);
  },
);
