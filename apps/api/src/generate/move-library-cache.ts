import { setTimeout as delay } from 'node:timers/promises';
import type { Move } from '@bachata-buddy/choreography';
import { type Database, listMoves, movesRevision } from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import { movesOnStage } from './moves-on-stage.ts';

/** A library that takes longer to build than this is built beside the old one, which serves on. */
const PATIENCE_MS = 300;

interface Build<Library> {
  /** That the library is at least as new as. */
  revision: string;
  readonly library: Promise<Library>;
}

export interface MoveLibraryCacheOptions<Library> {
  readonly log: Pick<Logger, 'warn'>;
  /** Makes a library of the moves on stage. */
  readonly build: (moves: readonly Move[]) => Promise<Library>;
  readonly patienceMs?: number;
}

/**
 * Gives the move library as the database has it now; it is read again only after it changed. While a large one is being
 * read, the last one that was is given. However often it changes, one is built at a time.
 */
export function makeMoveLibraryCache<Library>(
  database: Database,
  { log, build, patienceMs = PATIENCE_MS }: MoveLibraryCacheOptions<Library>,
): () => Promise<Library> {
  let built: { readonly revision: string; readonly library: Library } | undefined;
  let running: Build<Library> | undefined;
  /** Begins when the running one ends. */
  let next: Build<Library> | undefined;

  const begin = (revision: string): Promise<Library> => {
    const library = listMoves(database).then((moves) => build(movesOnStage(moves)));
    running = { revision, library };
    library.then(
      (made) => {
        built = { revision, library: made };
        running = undefined;
      },
      (error: unknown) => {
        // A failure is not kept: the next caller tries again.
        running = undefined;
        if (built !== undefined) log.warn({ err: error }, 'the changed library cannot be read yet');
      },
    );
    return library;
  };

  const buildOf = (revision: string): Promise<Library> => {
    if (running === undefined) return begin(revision);
    if (running.revision === revision) return running.library;
    if (next === undefined) {
      const follow = () => {
        const wanted = next?.revision ?? revision;
        next = undefined;
        return begin(wanted);
      };
      next = { revision, library: running.library.then(follow, follow) };
    }
    next.revision = revision;
    return next.library;
  };

  return async () => {
    const revision = await movesRevision(database);
    if (built?.revision === revision) return built.library;
    const library = buildOf(revision);
    const old = built;
    if (old === undefined) return library;
    const isLate = new AbortController();
    const waiting = delay(patienceMs, undefined, { signal: isLate.signal, ref: false });
    try {
      return await Promise.race([library, waiting.then(() => (built ?? old).library)]);
    } finally {
      isLate.abort();
    }
  };
}
