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
      const onFailure = (kind: string, thrown: unknown): void =>
        app.log.error({ err: thrown, kind }, 'what has expired cannot be removed');
      running = removeExpired(options, onFailure).then((removed) => {
        app.log.info(removed, 'what had expired was removed');
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

/**
 * How many rows, or videos, went (of folded texts: were filled in), by kind. One after the other; where one fails, the
 * others go all the same.
 */
async function removeExpired(
  { database, store, tasksKeptDays }: UpkeepOptions,
  onFailure: (kind: string, thrown: unknown) => void,
): Promise<Record<string, number>> {
  const removals: Record<string, () => Promise<number>> = {
    idempotencyKeys: () => deleteExpiredIdempotencyKeys(database),
    rateLimits: () => deleteStaleRateLimits(database),
    passwordResets: () => deleteExpiredPasswordResets(database),
    loginLinks: () => deleteExpiredLoginLinks(database),
    refreshSessions: () => deleteExpiredRefreshSessions(database),
    // Rows of programs of before that run beside this one.
    foldedTexts: () => fillFoldedTexts(database),
    knownNetworks: () => deleteForgottenNetworks(database),
    tasks: async () => (tasksKeptDays === 0 ? 0 : deleteOldTasks(database, tasksKeptDays)),
    uploads: () => removeReleasedUploads({ database, store }),
  };
  const removed: Record<string, number> = {};
  for (const [kind, remove] of Object.entries(removals)) {
    try {
      removed[kind] = await remove();
    } catch (thrown) {
      onFailure(kind, thrown);
    }
  }
  return removed;
}
