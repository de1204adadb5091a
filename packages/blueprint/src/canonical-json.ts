import { createHash } from 'node:crypto';
import { BlueprintError } from './blueprint-error.ts';
import { MAX_NESTING } from './limits.ts';
import type { Blueprint } from './schema/blueprint-schema.ts';

const LONE_SURROGATE = /\p{Cs}/u;

/**
 * One text for one JSON value: keys sorted by UTF-16 code units, no whitespace, numbers in JavaScript's shortest
 * form, strings as JSON.stringify writes them. This is RFC 8785 (JCS).
 *
 * Throws BlueprintError for what is not JSON: NaN, infinities, undefined, functions, bigint, dates and other
 * class instances, ill-formed strings, and for nesting (or a cycle) deeper than 32.
 *
 * @example canonicalJson({ b: [1.0, -0], a: 'x' }) // '{"a":"x","b":[1,0]}'
 */
export function canonicalJson(value: unknown): string {
  return write(value, '', 0);
}

/** SHA-256 of the canonical text, 64 lower-case hex digits. Key order and number spelling do not change it. */
export function hashBlueprint(blueprint: Blueprint): string {
  return createHash('sha256').update(canonicalJson(blueprint), 'utf8').digest('hex');
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > MAX_NESTING) throw refusal(path, `is nested deeper than ${MAX_NESTING} levels`);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value, path);
  if (typeof value === 'string') return writeString(value, path);
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item, index) => write(item, `${path}[${index}]`, depth + 1)).join(',')}]`;
  }
  if (!isPlainObject(value)) throw refusal(path, 'is not a JSON value');
  const members = Object.keys(value)
    .sort()
    .map((key) => {
      const memberPath = path === '' ? key : `${path}.${key}`;
      return `${writeString(key, memberPath)}:${write(value[key], memberPath, depth + 1)}`;
    });
  return `{${members.join(',')}}`;
}

function writeNumber(value: number, path: string): string {
  if (!Number.isFinite(value)) throw refusal(path, 'must be a finite number');
  return JSON.stringify(value);
}

function writeString(value: string, path: string): string {
  if (LONE_SURROGATE.test(value)) throw refusal(path, 'is not well-formed Unicode');
  return JSON.stringify(value);
}

function refusal(path: string, problem: string): BlueprintError {
  const text = path === '' ? `Value ${problem}` : `Field '${path}' ${problem}`;
  return new BlueprintError([{ path, text }], text);
}

/** True for what an object literal or JSON.parse makes, and for objects without a prototype. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
