// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what Terraform fills in stands in its files as it does here.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { CommandConfigSchema, ConfigSchema } from '../../../apps/api/src/config.ts';
import { IngestVariables } from '../../../apps/ingest/src/config.ts';
import { JobVariables } from '../../../apps/job/src/config.ts';
import { blocksIn, readTerraform, TERRAFORM_FOLDER, textsIn } from './read-terraform.ts';

const OPERATIONS = fileURLToPath(new URL('../../../docs/operations.md', import.meta.url));
const { resources, data, variables, outputs, locals, expressions } = await readTerraform();
const resource = (address: string) => {
  const found = resources.get(address);
  if (found === undefined) throw new Error(`There is no ${address}.`);
  return found;
};
const ofType = (type: string) => [...resources].filter(([address]) => address.startsWith(`${type}.`));

/** What a pattern finds in every expression, each once. */
const mentions = (pattern: RegExp): Set<string> =>
  new Set(expressions.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')));

t.test('every reference names something that is declared, and every declaration is used', async (t) => {
  t.ok(resources.size > 40 && variables.size > 20 && locals.size > 10);
  for (const address of mentions(/(?<!data\.|"|\w)((?:google|random)_\w+\.\w+)/g)) {
    t.ok(resources.has(address), address);
  }
  for (const address of mentions(/\bdata\.(\w+\.\w+)/g)) t.ok(data.has(address), `data.${address}`);
  t.strictSame([...mentions(/\bvar\.(\w+)/g)].sort(), [...variables.keys()].sort());
  t.strictSame([...mentions(/\blocal\.(\w+)/g)].sort(), [...locals.keys()].sort());
});

t.test('every variable says what it is, and every output', async (t) => {
  for (const [name, { description }] of [...variables, ...outputs])
    t.match(description, /^\S.{10,}\.?$/, name);
  for (const [name, { type }] of variables) t.ok(type, `${name} has a type`);
  t.match(variables.get('google_api_key'), { sensitive: true });
  t.match(variables.get('scratch_medium'), { default: 'DISK' });
});

/** The variables of a program that hold secrets. */
function secretVariablesOf(program: string): string[] {
  const given = (locals.get('secret_environment') as Record<string, string | object>)[program] ?? {};
  if (typeof given === 'object') return Object.keys(given);
  const namesIn = (text: string) => [...text.matchAll(/"([A-Z_]+)"/g)].map(([, name = '']) => name);
  // All that there are, less those that are named.
  const without = new Set(namesIn(given));
  return namesIn(String(locals.get('secret_names'))).filter((name) => !without.has(name));
}

/** The variables of a program: those in clear, and those that are secrets. */
function environmentOf(program: string): string[] {
  const environment = (locals.get('environment') as Record<string, unknown>)[program];
  const named = [...String(JSON.stringify(environment)).matchAll(/\b([A-Z][A-Z0-9_]+)\b(?=\\?"?\s*[:=])/g)];
  const merged = ['storage_environment', 'launcher_environment'].filter((local) =>
    String(JSON.stringify(environment)).includes(`local.${local}`),
  );
  return [
    ...named.map(([, name = '']) => name),
    ...merged.flatMap((local) => Object.keys(locals.get(local) as object)),
    ...secretVariablesOf(program),
  ];
}

for (const [program, schema] of [
  ['api', ConfigSchema],
  ['sweep', CommandConfigSchema],
  ['render', JobVariables],
  ['ingest', IngestVariables],
] as const) {
  t.test(`${program} gets what it needs, and only what it reads`, async (t) => {
    const given = environmentOf(program);
    const properties = schema.properties as Readonly<Record<string, object>>;
    t.ok(given.includes('GCS_OUTPUT_BUCKET_NAME') && given.includes('DATABASE_URL'));
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

t.test('no secret is told in clear, and each account reads the secrets of its program alone', async (t) => {
  const clear = ['api', 'sweep', 'render', 'ingest'].flatMap((program) =>
    textsIn((locals.get('environment') as Record<string, unknown>)[program]),
  );
  for (const text of clear) t.notMatch(text, /random_|database_url|google_api_key/);
  const readers = String(locals.get('readers'));
  t.match(readers, /account in \["render", "ingest"\] : "\$\{account\} DATABASE_URL"/);
  t.match(readers, /"migrate DATABASE_OWNER_URL"/);
  t.match(resource('google_secret_manager_secret_iam_member.reads'), {
    for_each: '${local.readers}',
    role: 'roles/secretmanager.secretAccessor',
  });
});

/** Every grant: who gets which role, on what. */
const grants = [...resources].filter(([address]) => address.includes('_iam_member.'));
const FAR_REACHING = /roles\/(owner|editor|.*\.admin|.*Admin|storage\.objectAdmin)/;

t.test('nobody gets a role that reaches further than its work', async (t) => {
  t.ok(grants.length > 10);
  for (const [address, grant] of grants) {
    const text = JSON.stringify(grant);
    t.notMatch(text, FAR_REACHING, address);
    t.notMatch(text, /allUsers|allAuthenticatedUsers/, address);
  }
  t.match(resource('google_cloud_run_v2_service.api'), { invoker_iam_disabled: true });
  for (const text of textsIn(locals.get('bucket_roles'))) t.notMatch(text, FAR_REACHING);
  const ofProject = grants.filter(([address]) => address.startsWith('google_project_iam_member.'));
  t.same(
    ofProject.map(([, { role }]) => role),
    ['roles/cloudsql.client', 'roles/run.viewer'],
    'in the whole project, no more than to connect and to look',
  );
});

t.test('the API starts one job and no other', async (t) => {
  const ofApi = grants.filter(
    ([address, { member }]) => address.includes('v2_job_iam') && String(member).includes('member["api"]'),
  );
  t.equal(ofApi.length, 2);
  for (const [, { name }] of ofApi) t.equal(name, '${google_cloud_run_v2_job.render.name}');
});

t.test('no rendering job can delete a video, nor write among songs and clips', async (t) => {
  const roles = locals.get('bucket_roles') as Record<
    string,
    { account: string; bucket: string; role: string }
  >;
  const ofRender = Object.values(roles).filter(({ account }) => account === 'render');
  t.same(
    ofRender.filter(({ bucket }) => bucket.includes('.media.')).map(({ role }) => role),
    ['roles/storage.objectViewer'],
  );
  t.same(
    ofRender
      .filter(({ bucket }) => bucket.includes('.output.'))
      .map(({ role }) => role)
      .sort(),
    ['roles/storage.objectCreator', 'roles/storage.objectViewer'],
  );
});

t.test(
  'what rendering jobs keep lies in one folder, where they may create, and lives for 30 days',
  async (t) => {
    const ofRender = grants
      .filter(([address]) => address.startsWith('google_storage_bucket_iam_member.'))
      .filter(([, { member }]) => String(member).includes('member["render"]'));
    t.equal(ofRender.length, 1, 'one grant beside those for whole buckets');
    const [[, grant]] = ofRender as [[string, Record<string, unknown>]];
    t.match(grant, { bucket: '${google_storage_bucket.media.name}', role: 'roles/storage.objectCreator' });
    // However the reader of the language gives quotation marks within a text.
    const said = String(blocksIn(grant, 'condition')[0]?.expression).replaceAll('\\', '');
    const folder = 'projects/_/buckets/${google_storage_bucket.media.name}/objects/rendered/';
    t.equal(said, `resource.name.startsWith("${folder}")`);
    const rules = blocksIn(resource('google_storage_bucket.media'), 'lifecycle_rule').map((rule) => ({
      ...blocksIn(rule, 'condition')[0],
      action: blocksIn(rule, 'action')[0]?.type,
    })) as { age?: number; days_since_noncurrent_time?: number; matches_prefix?: string[]; action: string }[];
    const ofFolder = rules.filter(({ matches_prefix }) => matches_prefix?.includes('rendered/'));
    t.match(ofFolder, [
      { age: 30, action: 'Delete' },
      { days_since_noncurrent_time: 1, action: 'Delete' },
    ]);
    const aging = rules
      .filter(({ age }) => age !== undefined)
      .flatMap(({ matches_prefix }) => matches_prefix ?? ['all']);
    t.same(aging.sort(), ['incoming/', 'rendered/'], 'nothing else goes by age');
  },
);

t.test('buckets are private, keep what is deleted for a while, and the CDN reads videos alone', async (t) => {
  for (const [address, bucket] of ofType('google_storage_bucket')) {
    t.match(bucket, { uniform_bucket_level_access: true, public_access_prevention: 'enforced' }, address);
    t.match(blocksIn(bucket, 'soft_delete_policy'), [{ retention_duration_seconds: 604_800 }]);
    t.ok(blocksIn(bucket, 'lifecycle_rule').length > 0, `${address} has rules for the lives of its objects`);
  }
  t.match(blocksIn(resource('google_storage_bucket.media'), 'versioning'), [{ enabled: true }]);
  t.match(resource('google_compute_backend_bucket.output'), {
    bucket_name: '${google_storage_bucket.output.name}',
    enable_cdn: true,
  });
  const ofCdn = grants.filter(([, { member }]) => String(member).includes('cloud-cdn-fill'));
  t.match(
    ofCdn.map(([, grant]) => grant),
    [{ bucket: '${google_storage_bucket.output.name}', role: 'roles/storage.objectViewer' }],
  );
});

t.test('what nobody can make anew does not go by age', async (t) => {
  const [rule] = blocksIn(resource('google_storage_bucket.output'), 'lifecycle_rule');
  t.match(blocksIn(rule, 'condition'), [{ matches_prefix: ['output/choreography_'] }]);
});

t.test('a secret that was replaced can still be read by who goes back, and grants go last', async (t) => {
  t.match(resource('google_secret_manager_secret_version.this'), { deletion_policy: 'ABANDON' });
  for (const address of ['secret.this', 'secret_version.this', 'secret_iam_member.reads']) {
    const block = resource(`google_secret_manager_${address}`);
    t.match(blocksIn(block, 'lifecycle'), [{ create_before_destroy: true }], address);
  }
});

t.test('programs log in as one who owns no table, and fit on the first quota of disks', async (t) => {
  t.match(resource('google_sql_user.program'), { database_roles: ['${local.program_role}'] });
  t.match(locals.get('environment'), { migrate: { DATABASE_PROGRAM_ROLE: '${local.program_role}' } });
  t.match(locals.get('database_url'), /google_sql_user\.program\.name/);
  const gib = Number(variables.get('scratch_gib')?.default);
  const renders = Number(variables.get('parallel_renders')?.default);
  // The quota counts in powers of ten.
  t.ok(renders * gib * 1024 ** 3 <= 100e9, `${renders} disks`);
});

t.test('the database lets in Cloud SQL’s proxy alone, can be had back, and bears its clients', async (t) => {
  const database = resource('google_sql_database_instance.main');
  const [settings] = blocksIn(database, 'settings');
  t.match(database, { deletion_protection: true });
  t.match(settings, { deletion_protection_enabled: true, connector_enforcement: 'REQUIRED' });
  t.match(blocksIn(settings, 'ip_configuration'), [{ ssl_mode: 'ENCRYPTED_ONLY' }]);
  t.same(blocksIn(settings, 'authorized_networks'), []);
  t.match(blocksIn(settings, 'backup_configuration'), [
    { enabled: true, point_in_time_recovery_enabled: true, transaction_log_retention_days: 7 },
  ]);
  t.equal(blocksIn(settings, 'maintenance_window').length, 1);
  t.match(blocksIn(database, 'precondition'), [
    { condition: '${local.needed_connections <= var.database_max_connections}' },
  ]);
});

t.test(
  'a rendering job writes on a disk, within the room it has, and is started once a launch',
  async (t) => {
    const job = resource('google_cloud_run_v2_job.render');
    t.match(blocksIn(job, 'empty_dir'), [
      { medium: '${var.scratch_medium}', size_limit: '${var.scratch_gib}Gi' },
    ]);
    t.ok(blocksIn(job, 'volume_mounts').some(({ mount_path }) => mount_path === '${local.scratch_path}'));
    t.ok(
      textsIn(locals.get('environment')).some((text) => /JOB_TEMP_DIR\s*=\s*local\.scratch_path/.test(text)),
    );
    for (const [address, { template }] of ofType('google_cloud_run_v2_job')) {
      const [task] = blocksIn(template, 'template');
      // A rendering task has three attempts, which the API starts; the others may be run again.
      t.equal(task?.max_retries, address.endsWith('.render') ? 0 : 3, address);
      t.match(task?.timeout, /^\d+s$/, address);
    }
  },
);

t.test(
  'deployments come from one repository, its main branch and its environment, and leave no key',
  async (t) => {
    const provider = resource('google_iam_workload_identity_pool_provider.github');
    for (const part of [
      "assertion.repository_id == '${var.github_repository_id}'",
      "assertion.environment == 'production'",
      "assertion.ref == 'refs/heads/main'",
    ]) {
      t.ok(String(provider.attribute_condition).includes(part), part);
    }
    t.same(ofType('google_service_account_key'), []);
  },
);

t.test('whatever a deployment changes, Terraform leaves alone afterwards', async (t) => {
  for (const [address, block] of [
    ...ofType('google_cloud_run_v2_service'),
    ...ofType('google_cloud_run_v2_job'),
  ]) {
    const ignored = JSON.stringify(blocksIn(block, 'lifecycle'));
    t.match(ignored, /containers\[0\]\.image/, address);
    t.match(ignored, /launch_stage/, address);
  }
});

t.test('every alert has a heading in the runbook, and somebody to tell', async (t) => {
  const headings = readFileSync(OPERATIONS, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('#'))
    .map((line) => line.replace(/^#+ /, ''));
  const alerts = Object.keys(locals.get('alerts') as object);
  const single = ofType('google_monitoring_alert_policy').filter(
    ([address]) => !address.endsWith('.threshold'),
  );
  t.ok(alerts.length >= 10 && single.length >= 2);
  for (const name of [...alerts, ...single.map(([, block]) => String(block.display_name))]) {
    t.ok(headings.includes(name), name);
  }
  for (const [address, block] of ofType('google_monitoring_alert_policy')) {
    t.ok(block.notification_channels, address);
    t.match(JSON.stringify(blocksIn(block, 'documentation')), /var\.runbook_url/, address);
  }
});

t.test('figures are read from lines that the programs write', async (t) => {
  const counters = locals.get('log_counters') as Record<string, { filter: string }>;
  const distributions = locals.get('log_distributions') as Record<string, { filter: string; field: string }>;
  const sources = ['launch/silent-task.ts', 'generate/planner.ts', 'commands/tasks.ts']
    .map((name) => `../../../apps/api/src/${name}`)
    .concat('../../../apps/job/src/execute-blueprint.ts')
    .map((path) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8'))
    .join('\n');
  for (const { filter } of [...Object.values(counters), ...Object.values(distributions)]) {
    for (const [, message = ''] of filter.matchAll(/"([a-z][a-z ]+ [a-z ]+)"/g)) {
      t.ok(sources.includes(`'${message}'`), message);
    }
  }
  for (const { field } of Object.values(distributions)) t.match(sources, new RegExp(`\\b${field}\\b`), field);
});

const TERRAFORM = spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0;
const skip = TERRAFORM ? false : 'Terraform is not installed';
const terraform = (args: readonly string[], cwd: string) =>
  spawnSync('terraform', args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null' },
  });

t.test('terraform finds nothing to format', { skip }, async (t) => {
  const { status, stdout, stderr } = terraform(['fmt', '-check', '-diff'], TERRAFORM_FOLDER);
  t.equal(status, 0, `${stdout}${stderr}`);
});

t.test('terraform takes good values of variables, and refuses bad ones', { skip }, async (t) => {
  const directory = t.testdir({});
  copyFileSync(join(TERRAFORM_FOLDER, 'variables.tf'), join(directory, 'variables.tf'));
  const good = {
    project_id: 'my-project-1',
    cdn_domain: 'media.example.com',
    web_origins: ['https://example.com'],
    api_image: 'europe-west1-docker.pkg.dev/p/bachata/api:0a1b2c',
    job_image: 'localhost:5000/job:0a1b2c',
    ingest_image: `x/ingest@sha256:${'0'.repeat(64)}`,
    github_repository: 'owner/name',
    github_repository_id: '123',
    alert_email: 'somebody@example.com',
  };
  const plan = (values: object) => {
    writeFileSync(join(directory, 'values.tfvars.json'), JSON.stringify({ ...good, ...values }));
    return terraform(['plan', '-no-color', '-input=false', '-var-file=values.tfvars.json'], directory);
  };
  t.match(plan({}), { status: 0 });
  t.match(plan({ scratch_medium: 'MEMORY', scratch_gib: 2 }), { status: 0 });
  for (const bad of [
    { project_id: 'X' },
    { region: 'europe-west1-b' },
    { web_origins: ['https://example.com/'] },
    { api_image: 'x/api:latest' },
    { job_image: 'localhost:5000/job' },
    { ingest_image: 'x/ingest' },
    { github_repository_id: 'abc' },
    { jwt_secret_versions: ['1', '1'] },
    { cdn_key_versions: ['1', '2', '3', '4'] },
    { scratch_gib: 1 },
    { scratch_medium: 'MEMORY', scratch_gib: 4 },
    { public_url: 'http://example.com' },
    { output_days: 0.5 },
    { alert_email: 'nobody' },
  ]) {
    const { status, stderr } = plan(bad);
    t.equal(status, 1, JSON.stringify(bad));
    t.match(stderr, /Invalid value for variable/);
  }
});
