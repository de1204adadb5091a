import { denied, invalid } from './rpc-error.ts';

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
}

export interface ContainerOverride {
  readonly name?: string;
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly clearArgs?: boolean;
}

/** google.cloud.run.v2.RunJobRequest as JSON. */
export interface RunJobRequest {
  readonly name: string;
  readonly validateOnly?: boolean;
  readonly overrides?: {
    readonly containerOverrides?: readonly ContainerOverride[];
    readonly taskCount?: number;
    readonly timeout?: string;
  };
}

/** cloud.google.com/run/docs/configuring/jobs/environment-variables: so long a value, so many variables. */
const MAX_VALUE_LENGTH = 32_768;
const MAX_VARIABLES = 1_000;
/** Names of the container contract (cloud.google.com/run/docs/container-contract#jobs-env-vars). */
const RESERVED = /^(CLOUD_RUN_(JOB|EXECUTION|TASK_INDEX|TASK_ATTEMPT|TASK_COUNT)|PORT|K_.*|X_GOOGLE_.*)$/;

/**
 * Refuses what the platform refuses to run.
 *
 * @throws RpcError `PERMISSION_DENIED`, `INVALID_ARGUMENT`
 */
export function checkRunJobRequest(
  { name, overrides }: RunJobRequest,
  { containerName, permissions }: { containerName: string; permissions: ReadonlySet<string> },
): void {
  const needed = overrides === undefined ? 'run.jobs.run' : 'run.jobs.runWithOverrides';
  if (!permissions.has(needed)) throw denied(needed, name);
  if (overrides === undefined) return;
  if ((overrides.taskCount ?? 1) < 1) throw invalid('overrides.task_count: must be greater than 0');
  for (const override of overrides.containerOverrides ?? []) {
    const container = override.name ?? '';
    if (container !== '' && container !== containerName) {
      throw invalid(`overrides.container_overrides.name: no container is named '${container}'`);
    }
    checkVariables(override.env ?? []);
  }
}

function checkVariables(variables: readonly EnvVar[]): void {
  if (variables.length > MAX_VARIABLES) {
    throw invalid(`overrides.container_overrides.env: at most ${MAX_VARIABLES} variables are allowed`);
  }
  const names = new Set<string>();
  for (const { name, value = '' } of variables) {
    const where = `overrides.container_overrides.env[${name}]`;
    if (name === '' || name.includes('=')) throw invalid(`${where}: the name is not valid`);
    if (RESERVED.test(name)) throw invalid(`${where}: the following reserved env name was provided: ${name}`);
    if (names.has(name)) throw invalid(`${where}: given twice`);
    if (value.length > MAX_VALUE_LENGTH) {
      throw invalid(`${where}: the value is longer than ${MAX_VALUE_LENGTH} characters`);
    }
    names.add(name);
  }
}

/** A job's own variables with those of the request merged over them. */
export function mergeEnvironment(
  own: Readonly<Record<string, string>>,
  { overrides }: RunJobRequest,
): Record<string, string> {
  const given = (overrides?.containerOverrides ?? []).flatMap(({ env = [] }) => env);
  return { ...own, ...Object.fromEntries(given.map(({ name, value = '' }) => [name, value])) };
}
