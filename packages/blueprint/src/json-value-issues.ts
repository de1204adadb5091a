import type { BlueprintIssue } from './blueprint-error.ts';
import { isPlainObject } from './canonical-json.ts';
import { MAX_KEY_LENGTH, MAX_NESTING, MAX_STRING_LENGTH, MAX_VALUES } from './limits.ts';
import { quote } from './quote.ts';

/** Names that reach an object's prototype where a document is merged or copied carelessly. */
const RESERVED_NAMES = new Set(['__proto__', 'constructor', 'prototype']);
const LONE_SURROGATE = /\p{Cs}/u;

interface Walk {
  readonly issues: BlueprintIssue[];
  valuesLeft: number;
}

/**
 * What makes a value unfit to be read at all, wherever in the document it stands and whether or not the schema
 * knows the field: no JSON value, not finite, NUL bytes or ill-formed Unicode (PostgreSQL's jsonb stores neither),
 * reserved names, too long, too deep, too much.
 */
export function jsonValueIssues(value: unknown): BlueprintIssue[] {
  const walk: Walk = { issues: [], valuesLeft: MAX_VALUES };
  visit(value, '', 0, walk);
  if (walk.valuesLeft < 0)
    walk.issues.push({ path: '', text: `Blueprint has more than ${MAX_VALUES} values` });
  return walk.issues;
}

function visit(value: unknown, path: string, depth: number, walk: Walk): void {
  walk.valuesLeft -= 1;
  if (walk.valuesLeft < 0) return;
  const problem = scalarProblem(value);
  if (problem !== null) {
    walk.issues.push({ path, text: `${subject(path)} ${problem}` });
  } else if (typeof value === 'object' && value !== null) {
    if (depth >= MAX_NESTING) {
      walk.issues.push({ path, text: `${subject(path)} is nested deeper than ${MAX_NESTING} levels` });
    } else {
      visitMembers(value, path, depth, walk);
    }
  }
}

function visitMembers(container: object, path: string, depth: number, walk: Walk): void {
  if (Array.isArray(container)) {
    for (let index = 0; index < container.length && walk.valuesLeft >= 0; index += 1) {
      visit(container[index], `${path}[${index}]`, depth + 1, walk);
    }
    return;
  }
  for (const [key, member] of Object.entries(container)) {
    if (walk.valuesLeft < 0) return;
    if (member === undefined) continue;
    const name = key === '' ? '""' : quote(key);
    const memberPath = path === '' ? name : `${path}.${name}`;
    const problem = nameProblem(key);
    if (problem === null) visit(member, memberPath, depth + 1, walk);
    else walk.issues.push({ path: memberPath, text: `${subject(memberPath)} ${problem}` });
  }
}

function nameProblem(key: string): string | null {
  if (RESERVED_NAMES.has(key)) return 'has a reserved name';
  if (key.length > MAX_KEY_LENGTH) return `has a name longer than ${MAX_KEY_LENGTH} characters`;
  if (key.includes('\0')) return 'has a name that contains null bytes';
  return LONE_SURROGATE.test(key) ? 'has a name that is not well-formed Unicode' : null;
}

function scalarProblem(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'must be a finite number';
  if (typeof value === 'string') return stringProblem(value);
  if (value === null || typeof value === 'boolean') return null;
  return Array.isArray(value) || isPlainObject(value) ? null : 'is not a JSON value';
}

function stringProblem(text: string): string | null {
  if (text.length > MAX_STRING_LENGTH) return `is longer than ${MAX_STRING_LENGTH} characters`;
  if (text.includes('\0')) return 'contains null bytes';
  return LONE_SURROGATE.test(text) ? 'is not well-formed Unicode' : null;
}

function subject(path: string): string {
  return path === '' ? 'Blueprint' : `Field '${path}'`;
}
