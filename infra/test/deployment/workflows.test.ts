import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { parse } from 'yaml';

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
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

/** What a job may be allowed: to read the code, and to say who it is. */
const ALLOWED = { contents: 'read', 'id-token': 'write' };

for (const name of readdirSync(FOLDER)) {
  t.test(`the workflow ${name} runs fixed actions, with few rights, and ends`, async (t) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    const workflow = parse(text) as Workflow;
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
