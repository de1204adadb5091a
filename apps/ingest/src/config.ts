import { loadConfig } from '@bachata-buddy/platform';
import { StorageVariables } from '@bachata-buddy/storage';
import { type Static, Type } from 'typebox';

/** Every environment variable that ingesting reads. */
export const IngestVariables = Type.Object({
  DATABASE_URL: Type.Optional(
    Type.String({ pattern: '^postgres(ql)?://', description: 'postgresql://…; absent: the embedded server' }),
  ),
  ...StorageVariables,
});

export type IngestConfig = Readonly<Static<typeof IngestVariables>>;

/** @throws AppError `CONFIG_INVALID` */
export function loadIngestConfig(): IngestConfig {
  return loadConfig(IngestVariables, process.env);
}
