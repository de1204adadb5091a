import { configError } from '@bachata-buddy/platform';
import { Type } from 'typebox';

/** Which of the launchers is used, and what the one on Cloud Run needs to know. */
export const LauncherVariables = {
  JOB_LAUNCHER: Type.Enum(['local', 'cloud-run'], {
    default: 'local',
    description:
      'where rendering jobs run: as child processes of the service, or each as an execution of a job on Cloud Run',
  }),
  CLOUD_RUN_JOB_NAME: Type.Optional(
    Type.String({
      pattern: '^[a-z][a-z0-9-]{0,62}$',
      examples: ['render'],
      description: 'with `cloud-run`, required: name of the rendering job',
    }),
  ),
  CLOUD_RUN_REGION: Type.Optional(
    Type.String({
      pattern: '^[a-z][a-z0-9-]+$',
      examples: ['europe-west1'],
      description: 'with `cloud-run`, required: where that job is deployed',
    }),
  ),
  CLOUD_RUN_MAX_EXECUTIONS: Type.Integer({
    default: 100,
    minimum: 1,
    maximum: 1_000,
    description:
      'with `cloud-run`: executions that may be under way at once, of all instances; more tasks wait in the database',
  }),
  QUEUE_MAX_WAIT_SEC: Type.Integer({
    default: 3_600,
    minimum: 60,
    maximum: 86_400,
    description: 'longest time that a task waits for its rendering job, in seconds; then it fails, saying so',
  }),
  CLOUD_RUN_TRANSPORT: Type.Enum(['grpc', 'rest'], {
    default: 'grpc',
    description: 'with `cloud-run`: how its API is spoken to',
  }),
  CLOUD_RUN_API_ENDPOINT: Type.Optional(
    Type.String({
      pattern: '^https?://[^/]+$',
      examples: ['http://127.0.0.1:8081'],
      description:
        'another address of the API of Cloud Run, for tests; with `http://` nobody is logged in there',
    }),
  ),
};

export interface LauncherConfig {
  readonly JOB_LAUNCHER: 'local' | 'cloud-run';
  readonly CLOUD_RUN_JOB_NAME?: string;
  readonly CLOUD_RUN_REGION?: string;
  readonly CLOUD_RUN_MAX_EXECUTIONS: number;
  readonly QUEUE_MAX_WAIT_SEC: number;
  readonly CLOUD_RUN_TRANSPORT: 'grpc' | 'rest';
  readonly CLOUD_RUN_API_ENDPOINT?: string;
  readonly GCP_PROJECT_ID?: string;
}

/**
 * The rendering job's full name: `projects/P/locations/L/jobs/J`.
 *
 * @throws AppError `CONFIG_INVALID`, naming all that is missing
 */
export function readJobName(config: LauncherConfig): string {
  const needed = ['GCP_PROJECT_ID', 'CLOUD_RUN_REGION', 'CLOUD_RUN_JOB_NAME'] as const;
  const missing = needed.filter((name) => config[name] === undefined);
  if (missing.length > 0) {
    throw configError(missing.map((name) => `${name} is missing: JOB_LAUNCHER=cloud-run needs it`));
  }
  return `projects/${config.GCP_PROJECT_ID}/locations/${config.CLOUD_RUN_REGION}/jobs/${config.CLOUD_RUN_JOB_NAME}`;
}
