import { setTimeout as delay } from 'node:timers/promises';
import { buildMoveLibrary, type MoveLibrary } from '@bachata-buddy/choreography';
import { type Database, listMoves, movesRevision } from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import { movesOnStage } from './moves-on-stage.ts';

/** A library that takes longer to build than this is built beside the old one, which serves on. */
const PATIENCE_MS = 300;

interface Version {
  readonly revision: string;
  readonly library: Promise<MoveLibrary>;
}

/**
 * Gives the move library as the database has it now; it is read again only after it changed. While a large one is being
 * read, the one before is given.
 */
export function makeMoveLibraryCache(
  database: Database,
  log: Pick<Logger, 'warn'>,
  { patienceMs = PATIENCE_MS } = {},
): () => Promise<MoveLibrary> {
  let latest: Version | undefined;
  /** The last one that could be built. */
  let built: MoveLibrary | undefined;

  const build = (revision: string): Version => {
    const library = listMoves(database).then((moves) => buildMoveLibrary(movesOnStage(moves)));
    const version = { revision, library };
    library.then(
      (made) => {
        if (latest === version) built = made;
      },
      (error: unknown) => {
        // A failure is not kept: the next caller tries again.
        if (latest === version) latest = undefined;
        if (built !== undefined) log.warn({ err: error }, 'the changed library cannot be read yet');
      },
    );
    return version;
  };

  return async () => {
    const revision = await movesRevision(database);
    if (latest?.revision !== revision) latest = build(revision);
    const { library } = latest;
    const old = built;
    if (old === undefined) return library;
    const isLate = new AbortController();
    try {
      return await Promise.race([library, delay(patienceMs, old, { signal: isLate.signal, ref: false })]);
    } finally {
      isLate.abort();
    }
  };
}
