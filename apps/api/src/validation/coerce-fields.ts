import { inNormalForm } from './normal-form.ts';

/** What of a JSON Schema coercion looks at. */
interface FieldSchema {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly 'x-keep-spaces'?: boolean;
  readonly 'x-as-typed'?: boolean;
}

const TRUE_WORDS = new Set(['t', 'y', 'yes', 'true', 'on', '1']);
const FALSE_WORDS = new Set(['f', 'n', 'no', 'false', 'off', '0']);

/**
 * A body with its fields brought to the types that the schema asks for, where the meaning is plain: text is
 * brought to one normal form (unless the field is taken as typed) and trimmed (unless it keeps its spaces), numbers become text, numeric text becomes a number, the usual
 * words become booleans. Everything else is left for the validator to refuse. The given body is not changed.
 *
 * @param schema the body's schema, an object's
 */
export function coerceFields(schema: unknown, body: unknown): unknown {
  const properties = (schema as FieldSchema | undefined)?.properties;
  if (!isPlainObject(body)) return body;
  if (properties === undefined) return inNormalForm(body);
  const coerced: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(properties)) {
    if (Object.hasOwn(body, name))
      coerced[name] = coerceField(field, field['x-as-typed'] ? body[name] : inNormalForm(body[name]));
  }
  return coerced;
}

function coerceField(field: FieldSchema, value: unknown): unknown {
  if (field.type === 'string' || field.enum !== undefined) return toText(field, value);
  if (isType(field, 'integer')) return toInteger(value);
  if (field.type === 'number') return toNumber(value);
  if (field.type === 'boolean') return toBoolean(value);
  return value;
}

/** Also of one that may be null: `type: ['integer', 'null']`. */
function isType(field: FieldSchema, type: string): boolean {
  return field.type === type || (Array.isArray(field.type) && field.type.includes(type));
}

function toText(field: FieldSchema, value: unknown): unknown {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  return typeof text === 'string' && field['x-keep-spaces'] !== true ? text.trim() : text;
}

function toInteger(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[+-]?\d{1,300}(\.0*)?$/.test(value.trim())) return value;
  return Number(value.trim());
}

function toNumber(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[+-]?(\d{1,300}(\.\d{0,300})?|\.\d{1,300})$/.test(value.trim()))
    return value;
  return Number(value.trim());
}

function toBoolean(value: unknown): unknown {
  const word =
    typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : '';
  if (TRUE_WORDS.has(word)) return true;
  return FALSE_WORDS.has(word) ? false : value;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
