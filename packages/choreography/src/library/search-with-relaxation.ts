import type { FilterName, MoveFilters } from './move-filters.ts';
import type { MoveHit, MoveLibrary, MoveSearch } from './move-library.ts';

export interface RelaxedHits {
  /** Moves that pass more filters first, within that the nearest first; no move twice. */
  readonly hits: readonly MoveHit[];
  /** The filters that had to be given up to find enough, in the order of giving up; empty when all held. */
  readonly relaxedFilters: readonly FilterName[];
}

/**
 * Searches with all filters, then without energy, then without style, then without any, until at least `enough`
 * different moves are found or nothing is left to give up. One hit is not enough: a song of one clip is no dance.
 */
export function searchWithRelaxation(
  library: MoveLibrary,
  search: MoveSearch & { readonly enough: number },
): RelaxedHits {
  const { difficulty, energyLevel, style } = search.filters ?? {};
  const levels: readonly { readonly filters: MoveFilters; readonly gaveUp: readonly FilterName[] }[] = [
    { filters: { difficulty, energyLevel, style }, gaveUp: [] },
    { filters: { difficulty, style }, gaveUp: ['energy_level'] },
    { filters: { difficulty }, gaveUp: ['energy_level', 'style'] },
    { filters: {}, gaveUp: ['energy_level', 'style', 'difficulty'] },
  ];
  const hits = new Map<string, MoveHit>();
  let relaxedFilters: readonly FilterName[] = [];
  for (const { filters, gaveUp } of levels) {
    const before = hits.size;
    for (const hit of library.search({ ...search, filters })) {
      if (hits.size < search.k && !hits.has(hit.move.moveId)) hits.set(hit.move.moveId, hit);
    }
    if (hits.size > before) relaxedFilters = gaveUp;
    if (hits.size >= search.enough) break;
  }
  return { hits: [...hits.values()], relaxedFilters };
}
