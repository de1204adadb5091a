import {
  type Database,
  deleteExpiredIdempotencyKeys,
  deleteExpiredLoginLinks,
  deleteExpiredPasswordResets,
  deleteExpiredRefreshSessions,
  deleteForgottenNetworks,
  deleteOldTasks,
  deleteStaleRateLimits,
  fillFoldedTexts,
} from '@bachata-buddy/database';
import type { ObjectStore } from '@bachata-buddy/storage';
import fp from 'fastify-plugin';
import { removeReleasedUploads } from '../uploads/remove-released.ts';

export interface UpkeepOptions {
  readonly database: Database;
  readonly store: ObjectStore;
  /** 0: for ever. */
  readonly tasksKeptDays: number;
  /** Default one hour. */
  readonly intervalMs?: number;
}

const DEFAULT_INTERVAL_MS = 3_600_000;

/**
 * Removes, at the start and every hour, what has expired and nobody asks for again, and fills in what lists are searched
 * by where it is missing. Several instances may do so
 * at the same time: a row that is gone is gone.
 */
export const upkeep = fp<UpkeepOptions>(
  async (app, options) => {
    const { intervalMs = DEFAULT_INTERVAL_MS } = options;
    let timer: NodeJS.Timeout | undefined;
    let running: Promise<void> | undefined;
    let isClosing = false;

    const clean = (): void => {
      running = removeExpired(options)
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

/** How many rows, or videos, went (of folded texts: were filled in), by kind. */
async function removeExpired({ database, store, tasksKeptDays }: UpkeepOptions) {
  return {
    idempotencyKeys: await deleteExpiredIdempotencyKeys(database),
    rateLimits: await deleteStaleRateLimits(database),
    passwordResets: await deleteExpiredPasswordResets(database),
    loginLinks: await deleteExpiredLoginLinks(database),
    refreshSessions: await deleteExpiredRefreshSessions(database),
    // Rows of programs of before that run beside this one.
    foldedTexts: await fillFoldedTexts(database),
    knownNetworks: await deleteForgottenNetworks(database),
    tasks: tasksKeptDays === 0 ? 0 : await deleteOldTasks(database, tasksKeptDays),
    // Last: storage may be away, of which the others need know nothing.
    uploads: await removeReleasedUploads({ database, store }),
  };
}
