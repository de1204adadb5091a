import { Compile, type Validator } from 'typebox/compile';
import { Value } from 'typebox/value';
import { BlueprintError, type BlueprintIssue } from './blueprint-error.ts';
import { isPlainObject } from './canonical-json.ts';
import { jsonValueIssues } from './json-value-issues.ts';
import { MAX_TEXT_BYTES } from './limits.ts';
import { quote } from './quote.ts';
import { ruleIssues } from './rule-issues.ts';
import { type Blueprint, BlueprintSchema } from './schema/blueprint-schema.ts';
import { structureIssues } from './structure-issues.ts';

let compiled: Validator | undefined;
let isFirst = true;

/** Whether the published schema takes it. To compile that costs as much as a process that reads one document needs to start. */
function fitsSchema(value: unknown): boolean {
  if (isFirst) {
    isFirst = false;
    return Value.Check(BlueprintSchema, value);
  }
  compiled ??= Compile(BlueprintSchema);
  return compiled.Check(value);
}

/**
 * Everything wrong with a value that should be a blueprint, in document order; empty for a good one. Never
 * throws, whatever JSON it is given.
 */
export function validateBlueprint(value: unknown): BlueprintIssue[] {
  if (!isPlainObject(value)) return [{ path: '', text: 'Blueprint must be a JSON object' }];
  const unreadable = jsonValueIssues(value);
  const issues = [...unreadable];
  const paths = new Set(issues.map((issue) => issue.path));
  if (paths.has('')) return issues;
  for (const findIssues of [structureIssues, ruleIssues]) {
    const found = findIssues(value).filter((issue) => !paths.has(issue.path));
    issues.push(...found);
    for (const issue of found) paths.add(issue.path);
  }
  // The published schema has the last word, should the texts above ever miss something it refuses.
  if (issues.length === 0 && !fitsSchema(value)) {
    issues.push({ path: '', text: 'Blueprint does not match its schema' });
  }
  return issues;
}

/**
 * A blueprint from JSON text, or from a value already parsed (returned as it is, not copied). Fields the schema
 * does not know are kept.
 *
 * Throws BlueprintError with all problems at once; a text that is no JSON gives `Invalid JSON: ...`, one above
 * 4 MiB is not read.
 */
export function parseBlueprint(input: unknown): Blueprint {
  const value = typeof input === 'string' ? parseText(input) : input;
  const issues = validateBlueprint(value);
  if (issues.length > 0) throw new BlueprintError(issues);
  return value as Blueprint;
}

function parseText(text: string): unknown {
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) {
    throw new BlueprintError([{ path: '', text: `Blueprint is larger than ${MAX_TEXT_BYTES} bytes` }]);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new BlueprintError([{ path: '', text: `Invalid JSON: ${quote(reason)}` }]);
  }
}
