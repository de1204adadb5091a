import AjvCompiler from '@fastify/ajv-compiler';
import SerializerSelector from '@fastify/fast-json-stringify-compiler';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import t from 'tap';
import { makeTestApp } from './make-test-app.ts';
import type { Tap } from './tap.ts';

interface Media {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

interface Document {
  readonly tags: readonly { readonly name: string }[];
  readonly security: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** The document as a client gets it. */
async function fetchDocument(t: Tap) {
  const { app } = await makeTestApp(t);
  const answer = await app.inject({ url: '/api/schema/', headers: { accept: 'application/json' } });
  const document = answer.json() as Document;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  return { document, operations };
}

t.test('the document is OpenAPI 3.1', async (t) => {
  const { document } = await fetchDocument(t);
  const validator = new Validator();
  const { valid, errors } = await validator.validate(
    structuredClone(document) as unknown as Record<string, unknown>,
  );
  t.ok(valid, JSON.stringify(errors));
  t.equal(validator.version, '3.1');
});

t.test('every schema compiles, though the service waits until it is needed', async (t) => {
  let compiled = 0;
  const counting = <Build>(build: Build): Build =>
    ((...settings: unknown[]) => {
      const compile = (build as (...all: unknown[]) => (route: object) => unknown)(...settings);
      return (route: object) => {
        compiled += 1;
        return compile(route);
      };
    }) as Build;
  const { app } = await makeTestApp(t, {
    schemaController: {
      compilersFactory: {
        buildValidator: counting(AjvCompiler()),
        buildSerializer: counting(SerializerSelector()),
      },
    },
  });
  await app.ready();
  t.ok(compiled > 200, `${compiled} of them`);
});

t.test('every operation says what it is, who may call it and what it may answer', async (t) => {
  const { document, operations } = await fetchDocument(t);
  const tags = new Set(document.tags.map(({ name }) => name));
  const ids = operations.map(({ operation }) => operation.operationId);
  t.equal(new Set(ids).size, operations.length, 'each has an id of its own');
  t.strictSame(document.security, [{ jwtAuth: [] }], 'a login, where an operation does not say otherwise');
  for (const { method, path, operation } of operations) {
    const { operationId, summary, tags: ownTags = [], security, parameters = [], requestBody } = operation;
    const isOpen = security !== undefined;
    const statuses = new Set(Object.keys(operation.responses));
    const mayOccur = [
      '500',
      '503',
      ...(isOpen ? [] : ['401']),
      ...(path.startsWith('/api/instructors/') ? ['403'] : []),
      ...(requestBody === undefined ? [] : ['400', '413', '415']),
      ...(parameters.some((parameter) => parameter.in === 'path' || parameter.name === 'page')
        ? ['404']
        : []),
    ];
    t.strictSame(
      {
        hasId: /^[a-z]\w+$/.test(operationId ?? ''),
        hasSummary: /^[A-Z]/.test(summary ?? ''),
        unknownTags: ownTags.filter((tag) => !tags.has(tag)),
        tagCount: ownTags.length,
        security: isOpen ? security : [],
        unsaid: mayOccur.filter((status) => !statuses.has(status)),
        hasSuccess: [...statuses].some((status) => /^2/.test(status)),
      },
      {
        hasId: true,
        hasSummary: true,
        unknownTags: [],
        tagCount: 1,
        security: [],
        unsaid: [],
        hasSuccess: true,
      },
      `${method} ${path}`,
    );
  }
});

/** A part of the document's address as a JSON pointer in a reference writes it. */
function pointerOf(...names: readonly string[]): string {
  const segments = names.map((name) => name.replaceAll('~', '~0').replaceAll('/', '~1'));
  return `#/${segments.map(encodeURIComponent).join('/')}`;
}

t.test('every body has an example, and every example is what its schema says', async (t) => {
  const { document, operations } = await fetchDocument(t);
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'document');
  let exampleCount = 0;
  const problemsOf = (pointer: string, media: Media): string[] => {
    const examples =
      'example' in media ? [media.example] : Object.values(media.examples ?? {}).map(({ value }) => value);
    if (examples.length === 0) return [`${pointer} has no example`];
    exampleCount += examples.length;
    const validate = ajv.compile({ $ref: `document${pointer}/schema` });
    return examples
      .filter((example) => !validate(example))
      .map((example) => `${pointer}: ${JSON.stringify(example)} ${ajv.errorsText(validate.errors)}`);
  };
  for (const { method, path, operation } of operations) {
    const problems: string[] = [];
    for (const [type, media] of Object.entries(operation.requestBody?.content ?? {})) {
      problems.push(...problemsOf(pointerOf('paths', path, method, 'requestBody', 'content', type), media));
    }
    for (const [status, { content = {} }] of Object.entries(operation.responses)) {
      const isRefusal = Number(status) >= 400;
      if (isRefusal && !('application/json' in content)) problems.push(`${status} is no JSON`);
      for (const [type, media] of Object.entries(content)) {
        // A file has no example.
        if (/^(video\/mp4|audio\/\w+|image\/jpeg|text\/vtt)$/.test(type)) continue;
        const pointer = pointerOf('paths', path, method, 'responses', status, 'content', type);
        problems.push(...problemsOf(pointer, media));
      }
    }
    t.strictSame(problems, [], `${method} ${path}`);
  }
  t.ok(exampleCount > operations.length, `${exampleCount} examples were looked at`);
});
