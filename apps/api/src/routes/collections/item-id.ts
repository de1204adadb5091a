import { notFound } from '../../http/http-answer.ts';
import { isUuid } from '../../http/path-ids.ts';

export const NO_ITEM = 'No SavedChoreography matches the given query.';

/** The id of a collection's item out of a path. @throws HttpAnswer 404 `Not found.` for what is no UUID */
export function parseItemId(text: string): string {
  if (!isUuid(text)) throw notFound();
  return text.toLowerCase();
}

/** What is answered where the caller has no such item, whoever else may have it. */
export function noSuchItem() {
  return notFound(NO_ITEM);
}
