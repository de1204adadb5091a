/**
 * What every field of the schema says about itself beyond JSON Schema's own keywords. The published schema and
 * the reference fold `unit` and `interaction` into prose; `problem` is the text of a refused value.
 */
export interface FieldNotes {
  readonly description: string;
  /** `seconds`, `frames per second`, ...; absent where there is none. */
  readonly unit?: string;
  /** How the field works together with others. */
  readonly interaction?: string;
  /** Read as a predicate: "must be a positive number". */
  readonly problem?: string;
}

/** Keys under which the notes lie in a TypeBox schema. */
export interface NoteKeywords {
  readonly description: string;
  readonly 'x-unit'?: string;
  readonly 'x-interaction'?: string;
  readonly 'x-problem'?: string;
}

/** The notes as schema options, to be spread beside JSON Schema's own keywords. */
export function notes(field: FieldNotes): NoteKeywords {
  return {
    description: field.description,
    ...(field.unit === undefined ? {} : { 'x-unit': field.unit }),
    ...(field.interaction === undefined ? {} : { 'x-interaction': field.interaction }),
    ...(field.problem === undefined ? {} : { 'x-problem': field.problem }),
  };
}
