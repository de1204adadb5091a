import {
  CHOREOGRAPHY_ORDERINGS,
  type ChoreographyFilter,
  type ChoreographyOrdering,
} from '@bachata-buddy/database';
import { textOf } from '../../http/query-string.ts';
import type { CollectionQuery } from '../../schemas/collection.ts';

/** What a list of a collection is to hold. Empty parameters count as absent, an unknown ordering as none. */
export function parseCollectionFilter(
  query: CollectionQuery,
): Pick<ChoreographyFilter, 'difficulty' | 'search' | 'ordering'> {
  const difficulty = textOf(query.difficulty);
  const search = textOf(query.search);
  const ordering = CHOREOGRAPHY_ORDERINGS.find(
    (name): name is ChoreographyOrdering => name === query.ordering?.trim(),
  );
  return {
    ...(difficulty === undefined ? {} : { difficulty }),
    ...(search === undefined ? {} : { search }),
    ...(ordering === undefined ? {} : { ordering }),
  };
}
