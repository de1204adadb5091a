import {
  type Database,
  deleteExpiredIdempotencyKeys,
  deleteExpiredRefreshSessions,
  deleteForgottenNetworks,
  deleteStaleRateLimits,
} from '@bachata-buddy/database';
import fp from 'fastify-plugin';

export interface UpkeepOptions {
  readonly database: Database;
  /** Default one hour. */
  readonly intervalMs?: number;
}

const DEFAULT_INTERVAL_MS = 3_600_000;

/**
 * Removes, at the start and every hour, what has expired and nobody asks for again. Several instances may do so
 * at the same time: a row that is gone is gone.
 */
export const upkeep = fp<UpkeepOptions>(
  async (app, { database, intervalMs = DEFAULT_INTERVAL_MS }) => {
    let timer: NodeJS.Timeout | undefined;
    let running: Promise<void> | undefined;
    let isClosing = false;

    const clean = (): void => {
      running = removeExpired(database)
        .then(
          (removed) => app.log.info(removed, 'what had expired was removed'),
          (thrown: unknown) => app.log.error({ err: thrown }, 'what has expired cannot be removed'),
        )
        .then(() => {
          if (!isClosing) timer = setTimeout(clean, intervalMs);
        });
    };
    app.addHook('onReady', async () => clean());
    app.addHook('preClose', async () => {
      isClosing = true;
      clearTimeout(timer);
      await running;
    });
  },
  { name: 'upkeep' },
);

/** How many rows went, by kind. */
async function removeExpired(database: Database) {
  return {
    idempotencyKeys: await deleteExpiredIdempotencyKeys(database),
    rateLimits: await deleteStaleRateLimits(database),
    refreshSessions: await deleteExpiredRefreshSessions(database),
    knownNetworks: await deleteForgottenNetworks(database),
  };
}
