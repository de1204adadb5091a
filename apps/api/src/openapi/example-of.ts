/** What of a schema an example is made of. */
export interface ExampleSchema {
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly ExampleSchema[];
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, ExampleSchema>>;
  readonly items?: ExampleSchema;
}

const OF_FORMAT: Readonly<Record<string, string>> = {
  uuid: '7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a',
  'date-time': '2025-11-09T12:34:56Z',
  email: 'ana@example.com',
};

/**
 * A value that the schema describes: its own example or default where it has one, else composed of those of its
 * parts. Parts of which nothing is known are left out.
 */
export function exampleOf(schema: ExampleSchema): unknown {
  const known = [schema.examples?.[0], schema.default, schema.const, schema.enum?.[0]];
  const given = known.find((value) => value !== undefined);
  if (given !== undefined) return given;
  if (schema.anyOf?.[0] !== undefined) return exampleOf(schema.anyOf[0]);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return exampleOfObject(schema);
    case 'array':
      return schema.items === undefined ? [] : [exampleOf(schema.items)];
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return false;
    case 'string':
      return OF_FORMAT[schema.format ?? ''];
    default:
      return undefined;
  }
}

function exampleOfObject({ properties = {} }: ExampleSchema): Record<string, unknown> {
  const fields = Object.entries(properties).map(([name, field]) => [name, exampleOf(field)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}
