interface ObjectSchema {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, object>>;
}

/**
 * The schema of a body as whoever sends it should read it: a field with a default need not be sent, although the
 * route, which gets the default, always finds one.
 */
export function withOptionalDefaults(schema: ObjectSchema): ObjectSchema {
  const { required, properties = {} } = schema;
  if (required === undefined) return schema;
  return { ...schema, required: required.filter((name) => !('default' in (properties[name] ?? {}))) };
}
