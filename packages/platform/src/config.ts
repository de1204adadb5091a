import type { Static, TObject } from 'typebox';
import { Value } from 'typebox/value';
import type { AppError } from './app-error.ts';
import { platformError } from './errors.ts';

/**
 * Reads configuration from environment variables by a TypeBox object schema: one property a variable.
 *
 * Text is converted to what the schema asks for ("8000" to 8000, "true" to true). An empty variable counts
 * as absent. Defaults come from the schema. Variables that the schema does not name are left alone: an
 * environment always holds foreign ones.
 *
 * @param schema object schema whose properties are named like the variables
 * @param env usually `process.env`
 * @returns a frozen object, all defaults filled in
 * @throws AppError `CONFIG_INVALID`, naming every variable that is missing or malformed at once; values are
 *   never repeated, for they may be secrets
 */
export function loadConfig<Schema extends TObject>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Static<Schema>> {
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(schema.properties)) {
    const text = env[name];
    if (text !== undefined && text.trim() !== '') given[name] = text.trim();
  }
  const values = Value.Convert(schema, Value.Default(schema, given));
  const problems = problemsOf(schema, values);
  if (problems.length > 0) {
    throw configError(problems);
  }
  return Object.freeze(values) as Readonly<Static<Schema>>;
}

/** `CONFIG_INVALID`, with a line for each problem: what is said wherever a configuration is found to be wrong. */
export function configError(problems: readonly string[]): AppError {
  const message = `The configuration is not valid:\n${problems.map((line) => `  ${line}`).join('\n')}`;
  return platformError('CONFIG_INVALID', message);
}

function problemsOf(schema: TObject, values: unknown): string[] {
  const present = values as Record<string, unknown>;
  const problems = new Map<string, string>();
  for (const [name, property] of Object.entries(schema.properties)) {
    const isRequired = schema.required?.includes(name) ?? false;
    if (present[name] === undefined) {
      if (isRequired) problems.set(name, `${name} is missing${hint(property)}`);
      continue;
    }
    const first = Value.Errors(property, present[name])[0];
    if (first !== undefined) problems.set(name, `${name} ${first.message}${hint(property)}`);
  }
  return [...problems.values()];
}

function hint(property: unknown): string {
  const description = (property as { description?: string }).description;
  return description === undefined ? '' : ` (${description})`;
}
