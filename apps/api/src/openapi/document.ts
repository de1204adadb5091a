import { errorCodeHeaders, withErrorCode } from './error-code-headers.ts';
import { exampleOf } from './example-of.ts';
import { operationIdOf } from './operation-id.ts';
import { rateLimitHeaders, withRateLimits } from './rate-limit-headers.ts';
import { forClients, shareSchemas } from './shared-schemas.ts';

interface Media {
  readonly schema?: object;
  readonly example?: unknown;
  readonly examples?: unknown;
}

interface WithContent {
  readonly content?: Readonly<Record<string, Media>>;
}

type Responses = Readonly<Record<string, WithContent>>;

interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly requestBody?: WithContent;
  readonly responses?: Responses;
}

interface Document {
  paths?: object;
  components?: object;
}

/**
 * The document as clients read it: every operation with an id, every body with an example, every refusal with the codes
 * that it may have, what has a title once under `components`, and nothing of how this service checks what it is sent.
 */
export function finishDocument<Given extends Document>(document: Given): Given {
  const operations = (document.paths ?? {}) as Record<string, Record<string, Operation>>;
  const paths = Object.entries(operations).map(([path, methods]) => {
    // What stands for the rest of an address is called `name`: OpenAPI has no word for it.
    const named = path.replace('{*}', '{name}');
    return [named, mapValues(methods, (operation, method) => finish(operation, method, named))];
  });
  const shared = shareSchemas(forClients(Object.fromEntries(paths)));
  return {
    ...document,
    paths: shared.value,
    components: {
      ...document.components,
      headers: { ...errorCodeHeaders(), ...rateLimitHeaders() },
      schemas: shared.schemas,
    },
  };
}

/** A copy: an operation of two methods is one object in the document. */
function finish(operation: Operation, method: string, path: string): Operation {
  const { parameters, requestBody, responses } = operation;
  const named = parameters?.map((parameter) =>
    parameter.name === '*' ? { ...parameter, name: 'name' } : parameter,
  );
  return {
    operationId: operationIdOf(method, path),
    ...operation,
    ...(named === undefined ? {} : { parameters: named }),
    ...(requestBody === undefined ? {} : { requestBody: withExamples(requestBody) }),
    ...(responses === undefined ? {} : { responses: withRateLimits(mapValues(responses, finishResponse)) }),
  };
}

function finishResponse(response: WithContent, status: string): WithContent {
  return withErrorCode(withExamples(response), Number(status));
}

function withExamples<Given extends WithContent>(given: Given): Given {
  if (given.content === undefined) return given;
  const content = mapValues(given.content, (media) =>
    'example' in media || 'examples' in media || media.schema === undefined
      ? media
      : { ...media, example: exampleOf(media.schema) },
  );
  return { ...given, content };
}

function mapValues<Value, Mapped>(
  object: Readonly<Record<string, Value>>,
  map: (value: Value, key: string) => Mapped,
): Record<string, Mapped> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));
}
