import { loadConfig } from '@bachata-buddy/platform';
import { type Static, Type } from 'typebox';

const ConfigSchema = Type.Object({
  DATABASE_URL: Type.Optional(
    Type.String({ pattern: '^postgres(ql)?://', description: 'postgresql://…; absent: the embedded server' }),
  ),
  LOCAL_STORAGE_PATH: Type.String({ default: '.data/media', description: 'folder that holds the media' }),
});

export type IngestConfig = Readonly<Static<typeof ConfigSchema>>;

/** @throws AppError `CONFIG_INVALID` */
export function loadIngestConfig(): IngestConfig {
  return loadConfig(ConfigSchema, process.env);
}
