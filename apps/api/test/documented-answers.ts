import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';

export interface GivenAnswer {
  readonly method: string;
  /** Path that was asked for, without a query, in either slash form. */
  readonly path: string;
  readonly status: number;
  /** JSON; undefined where there was no body. */
  readonly body: unknown;
}

type Operations = Readonly<Record<string, { readonly responses: Readonly<Record<string, object>> }>>;

/**
 * Compares answers with the app's own OpenAPI document.
 *
 * @returns what is wrong with an answer; empty where nothing is, or where the document has no such operation
 */
export async function makeAnswerCheck(app: FastifyInstance): Promise<(answer: GivenAnswer) => string> {
  await app.ready();
  const document = app.swagger() as unknown as { paths: Readonly<Record<string, Operations>> };
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'document');
  const withoutSlash = (path: string): string => path.replace(/\/+$/, '');
  // What has no parameter comes first: `/collections/stats/` is none of `/collections/{id}/`.
  const patterns = Object.keys(document.paths)
    .sort((a, b) => a.split('{').length - b.split('{').length)
    .map((path) => ({ path, pattern: new RegExp(`^${withoutSlash(path).replace(/\{\w+\}/g, '[^/]+')}$`) }));

  return ({ method, path: asked, status, body }) => {
    const path = patterns.find(({ pattern }) => pattern.test(withoutSlash(asked)))?.path;
    const operation = path === undefined ? undefined : document.paths[path]?.[method.toLowerCase()];
    if (path === undefined || operation === undefined) return '';
    if (operation.responses[status] === undefined)
      return `${method} ${path} does not say that it answers ${status}`;
    if (body === undefined) return '';
    const pointer = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
      'application/json',
    ]
      .map((name) => encodeURIComponent(name.replaceAll('/', '~1')))
      .join('/');
    const validate = ajv.compile({ $ref: `document#/${pointer}/schema` });
    return validate(body) ? '' : `${method} ${path} ${status}: ${ajv.errorsText(validate.errors)}`;
  };
}
