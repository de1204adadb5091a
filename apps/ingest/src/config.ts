import { MediaToolVariables } from '@bachata-buddy/media';
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
});

export type IngestConfig = Readonly<Static<typeof IngestVariables>>;

/** @throws AppError `CONFIG_INVALID` */
export function loadIngestConfig(): IngestConfig {
  return loadConfig(IngestVariables, process.env);
}
