import { quote } from './quote.ts';
import type { SchemaNode } from './schema/schema-node.ts';
import { storageKeyProblem } from './storage-key.ts';

/** Names of JSON's types as clients of the first schema know them. */
const TYPE_NAMES: Readonly<Record<NonNullable<SchemaNode['type']>, string>> = {
  object: 'dict',
  array: 'list',
  string: 'str',
  number: 'number',
  integer: 'int',
  boolean: 'bool',
};

/** What is wrong with one value of a known field, as a predicate, or null. Does not look into containers. */
export function fieldProblem(node: SchemaNode, value: unknown): string | null {
  if (node.type === undefined) return null;
  if (node.type === 'number' || node.type === 'integer') return numberProblem(node, node.type, value);
  if (typeNameOf(value) !== TYPE_NAMES[node.type]) return typeProblem(node.type, value);
  if (typeof value === 'string') return stringProblem(node, value);
  return Array.isArray(value) ? arrayProblem(node, value) : null;
}

function numberProblem(node: SchemaNode, type: 'number' | 'integer', value: unknown): string | null {
  const problem = node['x-problem'] ?? 'is out of range';
  if (typeof value !== 'number') return problem.includes('number') ? problem : typeProblem(type, value);
  if (type === 'integer' && !Number.isInteger(value)) return problem;
  if (node.exclusiveMinimum !== undefined && value <= node.exclusiveMinimum) return problem;
  if (node.minimum !== undefined && value < node.minimum) {
    return node.exclusiveMinimum === undefined ? problem : `must be at least ${node.minimum}`;
  }
  if (node.maximum === undefined || value <= node.maximum) return null;
  const saysMaximum = problem.includes(String(node.maximum));
  return saysMaximum ? problem : `must be at most ${node.maximum}`;
}

function stringProblem(node: SchemaNode, value: string): string | null {
  if (node['x-storage-key'] === true) return storageKeyProblem(value);
  if (node.minLength !== undefined && value.trim() === '') return 'cannot be empty';
  if (node.maxLength !== undefined && lengthOf(value) > node.maxLength) {
    return `is longer than ${node.maxLength} characters`;
  }
  if (node.pattern === undefined || new RegExp(node.pattern, 'u').test(value)) return null;
  return `${node['x-problem'] ?? 'is malformed'}: ${quote(value)}`;
}

function arrayProblem(node: SchemaNode, value: readonly unknown[]): string | null {
  if (node.minItems !== undefined && value.length < node.minItems) return 'cannot be an empty array';
  if (node.maxItems === undefined || value.length <= node.maxItems) return null;
  return `has more than ${node.maxItems} items: ${value.length}`;
}

/** Characters as JSON Schema counts them: code points. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _character of text) length += 1;
  return length;
}

function typeProblem(type: NonNullable<SchemaNode['type']>, value: unknown): string {
  return `must be of type ${TYPE_NAMES[type]}, got ${typeNameOf(value)}`;
}

function typeNameOf(value: unknown): string {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return TYPE_NAMES.array;
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return TYPE_NAMES.string;
  return typeof value === 'boolean' ? TYPE_NAMES.boolean : TYPE_NAMES.object;
}
