import { eq, isNull, or, type Placeholder, type SQL } from 'drizzle-orm';
import { songs } from '../../schema/index.ts';

/**
 * Who looks at songs. A user sees those of the catalogue and their own; whoever brings in songs for all sees the catalogue
 * alone; whoever operates the service sees all.
 */
export type SongViewer = { readonly userId: number } | 'catalogue' | 'operator';

/** The one rule of which songs somebody sees; every query that reads songs for somebody has it. */
export function isVisibleTo(viewer: SongViewer | { readonly userId: number | Placeholder }): SQL | undefined {
  if (viewer === 'operator') return undefined;
  const isOfAll = isNull(songs.ownerId);
  return viewer === 'catalogue' ? isOfAll : or(isOfAll, eq(songs.ownerId, viewer.userId));
}
