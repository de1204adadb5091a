import type { JobLauncher } from './job-launcher.ts';
import { type LauncherConfig, readJobName } from './launcher-config.ts';

/**
 * The launcher of the platform that the configuration names; undefined where jobs are to run as child processes.
 * Google's client is loaded only where it is used.
 *
 * @throws AppError `CONFIG_INVALID`
 */
export async function openPlatformLauncher(config: LauncherConfig): Promise<JobLauncher | undefined> {
  if (config.JOB_LAUNCHER === 'local') return undefined;
  const jobName = readJobName(config);
  const { makeCloudRunLauncher } = await import('./cloud-run-launcher.ts');
  return makeCloudRunLauncher({
    jobName,
    transport: config.CLOUD_RUN_TRANSPORT,
    endpoint: config.CLOUD_RUN_API_ENDPOINT,
    maxExecutions: config.CLOUD_RUN_MAX_EXECUTIONS,
  });
}
