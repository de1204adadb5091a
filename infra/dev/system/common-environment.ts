import { join } from 'node:path';

/** What every program is given, media being in a folder. */
export function commonEnvironment(databaseUrl: string, directory: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: databaseUrl,
    LOCAL_STORAGE_PATH: join(directory, 'media'),
    TMPDIR: join(directory, 'tmp'),
    JWT_SECRET: 'system-test-secret-of-sufficient-length',
    LOG_LEVEL: 'error',
    GENERATE_RATE_LIMIT_PER_HOUR: '10000',
    REGISTER_RATE_LIMIT_PER_HOUR: '10000',
    MAX_OPEN_TASKS_PER_USER: '10000',
  };
}
