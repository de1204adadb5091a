import {
  type Database,
  deleteExpiredIdempotencyKeys,
  deleteExpiredRefreshSessions,
  deleteForgottenNetworks,
  deleteStaleRateLimits,
} from '@bachata-buddy/database';
import type { ObjectStore } from '@bachata-buddy/storage';
import fp from 'fastify-plugin';
import { removeReleasedUploads } from '../uploads/remove-released.ts';

export interface UpkeepOptions {
  readonly database: Database;
  readonly store: ObjectStore;
  /** Default one hour. */
  readonly intervalMs?: number;
}

const DEFAULT_INTERVAL_MS = 3_600_000;

/**
 * Removes, at the start and every hour, what has expired and nobody asks for again. Several instances may do so
 * at the same time: a row that is gone is gone.
 */
export const upkeep = fp<UpkeepOptions>(
  async (app, { database, store, intervalMs = DEFAULT_INTERVAL_MS }) => {
    let timer: NodeJS.Timeout | undefined;
    let running: Promise<void> | undefined;
    let isClosing = false;

    const clean = (): void => {
      running = removeExpired(database, store)
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

/** How many rows, or videos, went, by kind. */
async function removeExpired(database: Database, store: ObjectStore) {
  return {
    idempotencyKeys: await deleteExpiredIdempotencyKeys(database),
    rateLimits: await deleteStaleRateLimits(database),
    refreshSessions: await deleteExpiredRefreshSessions(database),
    knownNetworks: await deleteForgottenNetworks(database),
    // Last: storage may be away, of which the others need know nothing.
    uploads: await removeReleasedUploads({ database, store }),
  };
}
