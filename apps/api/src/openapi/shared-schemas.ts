/** Keywords by which this service checks and words things; they say nothing to a client. */
const OWN_KEYWORDS = new Set(['x-texts', 'x-clean-text', 'x-keep-spaces', 'x-as-typed', 'x-new-password']);

type Json = unknown;

/** A part of the document without this service's own keywords. */
export function forClients(value: Json): Json {
  return mapParts(value, (part) =>
    Object.fromEntries(Object.entries(part).filter(([keyword]) => !OWN_KEYWORDS.has(keyword))),
  );
}

/**
 * A part of the document in which every schema that has a title is a reference to its one definition.
 *
 * @returns the part, and the definitions by title
 * @throws Error where two schemas of one title differ
 */
export function shareSchemas(value: Json): { value: Json; schemas: Record<string, Json> } {
  const schemas: Record<string, Json> = {};
  const shared = mapParts(value, (part) => {
    const { title } = part;
    if (typeof title !== 'string' || !('type' in part)) return part;
    const known = schemas[title] ?? part;
    if (JSON.stringify(known) !== JSON.stringify(part)) throw new Error(`Two schemas are called ${title}.`);
    schemas[title] = part;
    return { $ref: `#/components/schemas/${title}` };
  });
  return { value: shared, schemas };
}

/** Every object in a value, innermost first, replaced by what `map` makes of it; examples stay as they are. */
function mapParts(value: Json, map: (part: Record<string, Json>) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => mapParts(item, map));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [
    key,
    key === 'example' || key === 'examples' ? part : mapParts(part, map),
  ]);
  return map(Object.fromEntries(entries));
}
