import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { parse } from 'yaml';
import { readTerraform } from './read-terraform.ts';

const FOLDER = fileURLToPath(new URL('../../../.github/workflows/', import.meta.url));

interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly environment?: string;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const read = (name: string) => parse(readFileSync(join(FOLDER, name), 'utf8')) as Workflow;
/** What a workflow runs, in its order. */
const commandsOf = (name: string, job: string): string =>
  (read(name).jobs[job]?.steps ?? []).map(({ run = '' }) => run).join('\n');

/** What a job may be allowed: to read the code, to see what became of checks, and to say who it is. */
const ALLOWED = { contents: 'read', actions: 'read', 'id-token': 'write' };

for (const name of readdirSync(FOLDER)) {
  t.test(`the workflow ${name} runs fixed actions, with few rights, and ends`, async (t) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    const workflow = read(name);
    t.ok(workflow.concurrency, 'one run at a time for each branch');
    t.ok(workflow.permissions, 'nothing is allowed by default');
    for (const [title, job] of Object.entries(workflow.jobs)) {
      t.ok(job['timeout-minutes'], `${title} ends`);
      t.ok(job.permissions, `${title} says what it may`);
      for (const [right, level] of Object.entries(job.permissions ?? {})) {
        t.equal(level, ALLOWED[right as keyof typeof ALLOWED], `${title}: ${right}`);
      }
      for (const { uses, run } of job.steps) {
        if (uses !== undefined) t.match(uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
        // What an expression brings in is text for the shell to run: it comes by `env` instead.
        t.notMatch(run ?? '', /\$\{\{/);
      }
    }
    for (const [line] of text.matchAll(/uses:.*/g))
      t.match(line, /# v\d+\.\d+\.\d+$/, 'and the release is named');
  });
}

t.test('the same release of an action is used everywhere', async (t) => {
  const uses = readdirSync(FOLDER).flatMap((name) =>
    Object.values(read(name).jobs).flatMap(({ steps }) => steps.flatMap(({ uses = [] }) => uses)),
  );
  const names = new Set(uses.map((one) => one.split('@')[0]));
  t.equal(new Set(uses).size, names.size);
});

t.test(
  'a deployment asks for its checks, migrates, updates jobs, tries the service, and only then sends callers',
  async (t) => {
    const commands = commandsOf('deploy.yml', 'deploy');
    const inOrder = [
      'gh run list',
      'docker push',
      'gcloud run jobs execute migrate',
      'gcloud run jobs update render',
      'gcloud run jobs update sweep',
      'gcloud run services update api',
      '/api/ready',
      'update-traffic api --region "$REGION" --to-latest',
    ];
    const places = inOrder.map((command) => commands.indexOf(command));
    t.ok(places.every((place) => place >= 0));
    t.same(
      places,
      [...places].sort((a, b) => a - b),
    );
    t.match(commands, /services update api .*--no-traffic/);
    t.notMatch(commands, /services update api .*--tag/, 'a tag there would name later revisions too');
    t.match(commands, /update-traffic api .*--update-tags "candidate=/);
    t.equal(read('deploy.yml').jobs.deploy?.environment, 'production');
    t.match(read('deploy.yml').on, { workflow_dispatch: null });
  },
);

t.test('every job and the service that Terraform makes of our images is updated', async (t) => {
  const commands = commandsOf('deploy.yml', 'deploy');
  const { resources } = await readTerraform();
  const names = [...resources.keys()]
    .filter((address) => /^google_cloud_run_v2_(job|service)\./.test(address))
    .map((address) => address.split('.')[1] ?? '');
  t.ok(names.length >= 5);
  for (const name of names) t.match(commands, new RegExp(`update ${name} .*--image`), name);
});
