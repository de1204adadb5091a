import type { Grant } from '@bachata-buddy/gcs-testkit';
import { blocksIn, readTerraform } from './read-terraform.ts';

/**
 * What a role lets its holder do, of what our programs ask for.
 * Source: cloud.google.com/storage/docs/access-control/iam-roles, cloud.google.com/run/docs/reference/iam/roles.
 */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  'roles/storage.objectViewer': ['storage.objects.get', 'storage.objects.list'],
  'roles/storage.objectCreator': ['storage.objects.create'],
  'roles/storage.objectUser': [
    'storage.objects.create',
    'storage.objects.delete',
    'storage.objects.get',
    'storage.objects.list',
    'storage.objects.update',
  ],
  'roles/run.jobsExecutorWithOverrides': [
    'run.executions.cancel',
    'run.jobs.run',
    'run.jobs.runWithOverrides',
  ],
  'roles/run.viewer': ['run.executions.get', 'run.executions.list', 'run.operations.get'],
  'roles/run.invoker': ['run.jobs.run'],
};

export interface Grants {
  /** By account; buckets have the names that they have in Terraform: `media`, `output`. */
  readonly storage: Readonly<Record<string, readonly Grant[]>>;
  /** By account: permissions in the rendering job. */
  readonly run: Readonly<Record<string, readonly string[]>>;
}

/** What Terraform's files grant the accounts of our programs. @throws for a role that is not in the table */
export async function readGrants(): Promise<Grants> {
  const { resources, locals } = await readTerraform();
  const storage: Record<string, Grant[]> = {};
  const run: Record<string, string[]> = {};
  const whole = Object.values(locals.get('bucket_roles') as Record<string, Record<string, string>>);
  for (const { account = '', bucket, role } of whole) {
    storage[account] = [...(storage[account] ?? []), { bucket: nameOf(bucket), permissions: of(role) }];
  }
  for (const [address, grant] of resources) {
    const account = /member\["(\w+)"\]/.exec(String(grant.member).replaceAll('\\', ''))?.[1];
    if (account === undefined) continue;
    if (address.startsWith('google_storage_bucket_iam_member.')) {
      const objectPrefix = prefixOf(String(blocksIn(grant, 'condition')[0]?.expression));
      const part = { bucket: nameOf(grant.bucket), permissions: of(grant.role), objectPrefix };
      storage[account] = [...(storage[account] ?? []), part];
    }
    if (address.startsWith('google_cloud_run_v2_job_iam_member.') && nameOf(grant.name) === 'render') {
      run[account] = [...(run[account] ?? []), ...of(grant.role)];
    }
  }
  return { storage, run };
}

function of(role: unknown): readonly string[] {
  const permissions = ROLES[String(role)];
  if (permissions === undefined) throw new Error(`What ${role} lets its holder do is not known here.`);
  return permissions;
}

/** `media` of `${google_storage_bucket.media.name}`. */
function nameOf(reference: unknown): string {
  return /\.(\w+)\.name/.exec(String(reference))?.[1] ?? '';
}

function prefixOf(expression: string): string {
  const prefix = /startsWith\(\\?"projects\/_\/buckets\/[^/]+\/objects\/([^"\\]+)/.exec(expression)?.[1];
  if (prefix === undefined) throw new Error(`No condition on names of objects: ${expression}`);
  return prefix;
}
