import type { TObject, TSchema } from 'typebox';

/** What a configuration's schema says of one variable, in JSON Schema's words and one of our own. */
interface Variable {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly examples?: readonly unknown[];
  /** It must not be shown to anybody who does not operate the program. */
  readonly secret?: boolean;
}

/**
 * A configuration as a table in Markdown, one variable a row, in the schema's order.
 *
 * @throws Error where a variable has no description, and where a `|` would break the table
 */
export function configurationTable(schema: TObject): string {
  const rows = Object.entries(schema.properties).map(([name, property]) =>
    rowOf(name, property, schema.required?.includes(name) ?? false),
  );
  return [
    '| Variable | Meaning | Values | Default | Required | Secret |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function rowOf(name: string, property: TSchema, isPresent: boolean): string {
  const variable = property as Variable;
  const { description, secret = false } = variable;
  if (description === undefined) throw new Error(`${name} has no description`);
  const isRequired = isPresent && variable.default === undefined;
  const cells = [`\`${name}\``, description, valuesOf(variable), defaultOf(variable)];
  if (cells.some((cell) => cell.includes('|'))) throw new Error(`${name} would break the table`);
  return `| ${[...cells, isRequired ? 'yes' : '', secret ? 'yes' : ''].join(' | ')} |`;
}

function valuesOf(variable: Variable): string {
  const { type, minimum, maximum, minLength, examples = [] } = variable;
  if (variable.enum !== undefined) return variable.enum.map(code).join(', ');
  if (type === 'boolean') return '`true`, `false`';
  if (minimum !== undefined && maximum !== undefined)
    return `${type === 'integer' ? 'whole number, ' : ''}${minimum} to ${maximum}`;
  if (minLength !== undefined) return `at least ${minLength} characters`;
  return examples.length === 0 ? 'text' : `like ${examples.map(code).join(', ')}`;
}

function defaultOf(variable: Variable): string {
  return variable.default === undefined ? '' : code(variable.default);
}

function code(value: unknown): string {
  return `\`${String(value)}\``;
}
