import { MediaToolVariables, RenderSizeVariable } from '@bachata-buddy/media';
import { loadConfig } from '@bachata-buddy/platform';
import { StorageVariables } from '@bachata-buddy/storage';
import { type Static, Type } from 'typebox';

/** Every environment variable that ingesting reads. */
export const IngestVariables = Type.Object({
  DATABASE_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://',
      description: 'PostgreSQL: `postgres://user:password@host:port/database`; absent: the embedded server',
      secret: true,
    }),
  ),
  ...StorageVariables,
  ...MediaToolVariables,
  ...RenderSizeVariable,
  CLOUD_RUN_TASK_INDEX: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 9_999,
    description: 'with `--prepare`: which of the tasks this is; set by Cloud Run',
  }),
  CLOUD_RUN_TASK_COUNT: Type.Integer({
    default: 1,
    minimum: 1,
    maximum: 10_000,
    description: 'with `--prepare`: how many share the work; set by Cloud Run',
  }),
});

export type IngestConfig = Readonly<Static<typeof IngestVariables>>;

/** @throws AppError `CONFIG_INVALID` */
export function loadIngestConfig(): IngestConfig {
  return loadConfig(IngestVariables, process.env);
}
