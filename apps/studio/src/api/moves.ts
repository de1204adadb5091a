import { queryOptions } from '@tanstack/react-query';
import { answered } from './problem.ts';
import { client } from './session.ts';

const MOST_PAGES = 10;

/** Families of moves that the library has, in alphabetical order. */
export const moveFamiliesQuery = queryOptions({
  queryKey: ['move-families'],
  queryFn: async ({ signal }) => {
    const labels = new Set<string>();
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const query = { page: String(page), page_size: '100', ordering: 'label' };
      const { results, next } = await answered(
        client.GET('/api/choreography/moves/', { params: { query }, signal }),
      );
      for (const { label } of results) labels.add(label);
      if (next === null) break;
    }
    return [...labels].sort();
  },
  staleTime: 10 * 60_000,
});
