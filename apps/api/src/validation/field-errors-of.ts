import type { FieldErrors } from '../http/http-answer.ts';

/** What of ajv's error objects (verbose) this file reads. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string | undefined;
  readonly data?: unknown;
  readonly parentSchema?: Readonly<Record<string, unknown>>;
}

const TEXT_OF_TYPE: Readonly<Record<string, string>> = {
  string: 'Not a valid string.',
  integer: 'A valid integer is required.',
  number: 'A valid number is required.',
  boolean: 'Must be a valid boolean.',
};

const NULL_TEXT = 'This field may not be null.';
const BLANK_TEXT = 'This field may not be blank.';

/**
 * Schema errors as texts by field, all at once. Of a field of the wrong type (or null, or blank) only that is
 * said. A schema may replace the text of one of its keywords: `'x-texts': { enum: '...' }`.
 */
export function fieldErrorsOf(errors: readonly SchemaError[]): FieldErrors {
  const byPath = new Map<string, SchemaError[]>();
  for (const error of errors) {
    const path =
      error.keyword === 'required'
        ? `${error.instancePath}/${escapeSegment(String(error.params.missingProperty))}`
        : error.instancePath;
    byPath.set(path, [...(byPath.get(path) ?? []), error]);
  }
  const result: FieldErrors = {};
  for (const [path, group] of byPath) place(result, path, textsOf(path, group));
  return result;
}

function textsOf(path: string, group: readonly SchemaError[]): string[] {
  const first = group[0];
  if (first === undefined) return [];
  if (first.keyword === 'required') return ['This field is required.'];
  if (path === '') return [textOfRoot(first.data)];
  if (first.data === null) return [NULL_TEXT];
  const wrongType = group.find((error) => error.keyword === 'type');
  if (wrongType !== undefined) return [textOfWrongType(wrongType)];
  if (first.data === '' && group.some((error) => error.keyword === 'minLength')) return [BLANK_TEXT];
  return group.map(textOf);
}

function textOf(error: SchemaError): string {
  const replaced = (error.parentSchema?.['x-texts'] as Record<string, string> | undefined)?.[error.keyword];
  if (replaced !== undefined) return replaced;
  const { limit } = error.params;
  switch (error.keyword) {
    case 'enum':
      return `"${typeof error.data === 'string' ? error.data : JSON.stringify(error.data)}" is not a valid choice.`;
    case 'maxLength':
      return `Ensure this field has no more than ${limit} characters.`;
    case 'minLength':
      return `Ensure this field has at least ${limit} characters.`;
    case 'maximum':
      return `Ensure this value is less than or equal to ${limit}.`;
    case 'minimum':
      return `Ensure this value is greater than or equal to ${limit}.`;
    case 'maxItems':
      return `Ensure this field has no more than ${limit} elements.`;
    case 'minItems':
      return 'This list may not be empty.';
    case 'format':
      return error.params.format === 'uuid' ? 'Must be a valid UUID.' : 'Enter a valid email address.';
    default:
      return error.message ?? 'This value is not valid.';
  }
}

function textOfWrongType(error: SchemaError): string {
  // Of a field that may be null besides, what else it has to be.
  const [type = ''] = String(error.params.type).split(',');
  const given = kindOf(error.data);
  if (type === 'array') return `Expected a list of items but got type "${given}".`;
  if (type === 'object') return `Expected a dictionary of items but got type "${given}".`;
  return TEXT_OF_TYPE[type] ?? 'This value is not valid.';
}

function textOfRoot(data: unknown): string {
  return data === null ? 'No data provided' : `Invalid data. Expected a dictionary, but got ${kindOf(data)}.`;
}

/** Names of JSON types that existing clients know. */
export function kindOf(data: unknown): string {
  if (Array.isArray(data)) return 'list';
  if (typeof data === 'string') return 'str';
  if (typeof data === 'boolean') return 'bool';
  if (typeof data === 'number') return Number.isInteger(data) ? 'int' : 'float';
  return 'dict';
}

/** Puts texts where the JSON pointer says; what belongs to the body as a whole goes under `non_field_errors`. */
function place(result: FieldErrors, pointer: string, texts: string[]): void {
  const segments = pointer === '' ? ['non_field_errors'] : pointer.slice(1).split('/').map(unescapeSegment);
  let node = result;
  for (const segment of segments.slice(0, -1)) {
    const inner = node[segment];
    const next: FieldErrors = inner === undefined || Array.isArray(inner) ? {} : inner;
    node[segment] = next;
    node = next;
  }
  const last = segments.at(-1) ?? 'non_field_errors';
  const present = node[last];
  if (present === undefined) node[last] = texts;
  else if (Array.isArray(present)) present.push(...texts);
}

function escapeSegment(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescapeSegment(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
