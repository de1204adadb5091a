import { hasCode } from '@bachata-buddy/platform';
import { type CloudRunClientOptions, type Execution, openCloudRunClient } from './cloud-run-client.ts';
import { cloudRunError } from './cloud-run-error.ts';
import type {
  ExecutionPlatform,
  ExecutionState,
  JobLauncher,
  LaunchIdentity,
  LaunchOptions,
} from './job-launcher.ts';

/** Submissions take a second or two each, most of it waiting. */
const CAPACITY = 10;

export interface CloudRunLauncherOptions extends CloudRunClientOptions {
  /** At once, over all instances of the service: what waits here is not cancelled for waiting there. Default: any number. */
  readonly maxExecutions?: number | undefined;
  /** From the making of this launcher, how long a refusal may come of grants that are still spreading. Default 10 min. */
  readonly settlingMs?: number | undefined;
}

/** A change of access takes two minutes, and may take seven or more (cloud.google.com/iam/docs/access-change-propagation). */
const SETTLING_MS = 10 * 60_000;
/** What a new deployment's platform may answer before it knows of the job, or of who may run it. */
const WHILE_SETTLING = ['CLOUD_RUN_PERMISSION_DENIED', 'CLOUD_RUN_NOT_FOUND'];

/**
 * Runs each job as an execution of a Cloud Run job. The API has no request id by which a repeated call could be
 * known: an execution is told its task and launch, and who submits a launch again looks for that first.
 */
export function makeCloudRunLauncher(options: CloudRunLauncherOptions): JobLauncher {
  const client = openCloudRunClient(options);
  const settledAtMs = performance.now() + (options.settlingMs ?? SETTLING_MS);
  const nameOf = (execution: string): string =>
    execution.includes('/') ? execution : `${options.jobName}/executions/${execution}`;
  const platform: ExecutionPlatform = {
    async findExecution(launch) {
      const found = await client.findExecution((execution) => isOf(execution, launch), launch.orderedAtMs);
      return found?.name ?? null;
    },
    async stateOf(execution) {
      try {
        return readExecutionState(await client.getExecution(nameOf(execution)));
      } catch (thrown) {
        if (hasCode(thrown, 'CLOUD_RUN_NOT_FOUND')) return 'unknown';
        throw thrown;
      }
    },
    async cancel(execution) {
      if ((await platform.stateOf(execution)) === 'ended') return;
      await client.cancelExecution(nameOf(execution));
    },
    close: () => client.close(),
  };
  return {
    capacity: CAPACITY,
    maxUnderWay: options.maxExecutions,
    platform,
    // Whether the platform takes a job is said by the platform, when it is given one.
    assertReady: async () => {},
    async launch({ submission, ...told }) {
      try {
        const given = submission > 1 ? await platform.findExecution(told) : null;
        const executionName = given ?? (await client.runJob(environmentOf(told)));
        return { kind: 'handed-over', executionName };
      } catch (thrown) {
        const { message, code, retryable } = cloudRunError(thrown);
        const isSettling = WHILE_SETTLING.includes(code) && performance.now() < settledAtMs;
        return retryable || isSettling
          ? { kind: 'postponed', reason: `${code}: ${message}` }
          : { kind: 'failed', reason: `Job submission failed: ${message}` };
      }
    },
  };
}

/** All that an execution is told: the job finds the blueprint by the task. */
function environmentOf({
  taskId,
  userId,
  launch,
  traceparent,
}: Omit<LaunchOptions, 'submission' | 'signal' | 'orderedAtMs'>) {
  const told = { TASK_ID: taskId, USER_ID: String(userId), LAUNCH_NUMBER: String(launch) };
  return traceparent === undefined ? told : { ...told, TRACEPARENT: traceparent };
}

function isOf(execution: Execution, { taskId, launch }: LaunchIdentity): boolean {
  const variables = execution.template?.containers?.[0]?.env ?? [];
  const given = (name: string) => variables.find((variable) => variable.name === name)?.value;
  return given('TASK_ID') === taskId && given('LAUNCH_NUMBER') === String(launch);
}

/** How far an execution of one task is. */
function readExecutionState(execution: Pick<Execution, 'completionTime' | 'runningCount'>): ExecutionState {
  if (execution.completionTime) return 'ended';
  return (execution.runningCount ?? 0) > 0 ? 'running' : 'waiting';
}
