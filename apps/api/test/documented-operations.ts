/** What of a JSON Schema the arbitraries read. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly examples?: readonly unknown[];
}

interface DocumentedAnswer {
  readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>;
}

interface DocumentedOperation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses?: Readonly<Record<string, DocumentedAnswer>>;
}

export interface OpenapiDocument {
  readonly components?: {
    readonly headers?: Readonly<Record<string, { readonly schema: { readonly enum: readonly string[] } }>>;
  };
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
}

export interface Operation {
  /** `GET /api/health` */
  readonly name: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its parameters in braces. */
  readonly path: string;
  readonly queryNames: readonly string[];
  readonly headerNames: readonly string[];
  readonly body: JsonSchema | undefined;
  readonly form: JsonSchema | undefined;
  readonly answers: Readonly<Record<string, DocumentedAnswer>>;
  /** Where its answers stand in the document, as a JSON pointer. */
  readonly answersPointer: string;
}

/** Every operation of an OpenAPI document. */
export function operationsOf({ paths }: OpenapiDocument): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const named = (place: string) =>
        (operation.parameters ?? []).filter((parameter) => parameter.in === place).map(({ name }) => name);
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase() as Operation['method'],
        path,
        queryNames: named('query'),
        headerNames: named('header'),
        body: operation.requestBody?.content['application/json']?.schema,
        form: operation.requestBody?.content['multipart/form-data']?.schema,
        answers: operation.responses ?? {},
        answersPointer: `/paths/${path.replaceAll('/', '~1')}/${method}/responses`,
      };
    }),
  );
}

/** The operation that an address belongs to: the one with the fewest parameters that fits; undefined where none does. */
export function findOperation(
  operations: readonly Operation[],
  method: string,
  pathname: string,
): Operation | undefined {
  const parameterCount = ({ path }: Operation) => path.split('{').length;
  return operations
    .filter((operation) => operation.method === method && patternOf(operation.path).test(pathname))
    .sort((a, b) => parameterCount(a) - parameterCount(b))[0];
}

function patternOf(path: string): RegExp {
  const source = path
    .replace(/\/$/, '')
    .replace('{name}', '.+')
    .replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${source}/?$`);
}
