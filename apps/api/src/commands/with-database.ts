import { connectDatabase, type Database, migrateDatabase } from '@bachata-buddy/database';
import { startEmbeddedPostgres } from '@bachata-buddy/database/embedded';

const EMBEDDED_DIRECTORY = '.data';

/** Lets `use` work with the configured database, or with this machine's own one, which is then stopped again. */
export async function withDatabase<T>(
  databaseUrl: string | undefined,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  const embedded =
    databaseUrl === undefined ? await startEmbeddedPostgres({ directory: EMBEDDED_DIRECTORY }) : null;
  try {
    const url = databaseUrl ?? embedded?.url ?? '';
    if (embedded !== null) await migrateDatabase(url);
    const database = connectDatabase({ url, applicationName: 'bachata-buddy-command' });
    try {
      return await use(database);
    } finally {
      await database.close();
    }
  } finally {
    await embedded?.stop();
  }
}
