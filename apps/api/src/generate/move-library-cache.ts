import { buildMoveLibrary, type MoveLibrary } from '@bachata-buddy/choreography';
import { type Database, listMoves, movesRevision } from '@bachata-buddy/database';
import { movesOnStage } from './moves-on-stage.ts';

/** Gives the move library as the database has it now; it is read again only after it changed. */
export function makeMoveLibraryCache(database: Database): () => Promise<MoveLibrary> {
  let cached: { readonly revision: string; readonly library: Promise<MoveLibrary> } | undefined;

  return async () => {
    const revision = await movesRevision(database);
    if (cached?.revision !== revision) {
      const fresh = {
        revision,
        library: listMoves(database).then((moves) => buildMoveLibrary(movesOnStage(moves))),
      };
      cached = fresh;
      // A failure is not kept: the next caller tries again.
      fresh.library.catch(() => {
        if (cached === fresh) cached = undefined;
      });
    }
    return cached.library;
  };
}
