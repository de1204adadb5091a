import { notFound } from './http-answer.ts';

/** PostgreSQL's `integer`; no row has an id beyond it. */
export const MAX_ROW_ID = 2_147_483_647;

/**
 * An integer id out of a path.
 *
 * @throws HttpAnswer 404: `Not found.` for what is no number, the model's own text for a number no row can have
 */
export function parseRowId(text: string, model: string): number {
  if (!/^\d{1,30}$/.test(text)) throw notFound();
  const id = Number(text);
  if (id < 1 || id > MAX_ROW_ID) throw notFound(`No ${model} matches the given query.`);
  return id;
}

/** Whether text is a UUID in its usual form, in either case. */
export function isUuid(text: string): boolean {
  return /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text);
}
