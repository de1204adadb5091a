import type { Database } from '@bachata-buddy/database';
import type { ObjectStore } from '@bachata-buddy/storage';
import type { Config } from '../config.ts';
import type { Planner } from '../generate/planner.ts';
import type { Dispatcher } from '../launch/dispatcher.ts';
import type { JobLauncher } from '../launch/job-launcher.ts';
import type { Figures } from '../metrics/figures.ts';
import type { Playback } from '../playback.ts';

/** What the service's routes and plugins need to know of the configuration. */
export type AppConfig = Pick<
  Config,
  | 'JWT_SECRET'
  | 'JWT_SECRET_PREVIOUS'
  | 'AUTH_ROTATE_REFRESH'
  | 'REGISTRATION_OPEN'
  | 'REGISTER_RATE_LIMIT_PER_HOUR'
  | 'CORS_ALLOWED_ORIGINS'
  | 'PUBLIC_URL'
  | 'TRUSTED_PROXIES'
  | 'SHUTDOWN_DRAIN_MS'
  | 'GENERATE_RATE_LIMIT_PER_HOUR'
  | 'PARSE_RATE_LIMIT_PER_HOUR'
  | 'MAX_OPEN_TASKS'
  | 'MAX_OPEN_TASKS_PER_USER'
  | 'QUEUE_MAX_WAIT_SEC'
  | 'API_DOCS'
  | 'METRICS_TOKEN'
  | 'UPLOAD_MAX_MB'
  | 'UPLOADS_AT_ONCE_MAX_MB'
  | 'UPLOAD_QUOTA_MB'
  | 'UPLOAD_RATE_LIMIT_PER_HOUR'
  | 'TASK_EVENTS_HEARTBEAT_MS'
  | 'TASK_EVENTS_POLL_MS'
  | 'TASK_EVENTS_MAX_AGE_SEC'
  | 'TASK_EVENTS_MAX_STREAMS'
  | 'TASK_EVENTS_MAX_STREAMS_PER_USER'
>;

/** What every route gets; each takes out of it what it uses. */
export interface RouteContext {
  readonly config: AppConfig;
  readonly database: Database;
  readonly store: ObjectStore;
  readonly playback: Playback;
  readonly planner: Planner;
  readonly launcher: JobLauncher;
  readonly launches: Dispatcher;
  /** Undefined where nothing is measured. */
  readonly figures: Figures | undefined;
}
