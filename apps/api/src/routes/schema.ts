import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { isKnownTag } from '../http/entity-tag.ts';
import type { RouteContext } from '../route-context.ts';

/** The document in one of its two forms, and its name among all documents. */
interface Rendered {
  readonly type: string;
  readonly text: string;
  readonly etag: string;
}

/** GET /api/schema/ (what the service offers), to whom the configuration lets read it. */
export const schemaRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, { config }) => {
  if (config.API_DOCS === 'off') return;
  const documents = new Map<'json' | 'yaml', Rendered>();
  const documentAs = (form: 'json' | 'yaml'): Rendered => {
    const known = documents.get(form);
    if (known !== undefined) return known;
    const made =
      form === 'json'
        ? render('json', JSON.stringify(app.swagger()))
        : render('vnd.oai.openapi', app.swagger({ yaml: true }));
    documents.set(form, made);
    return made;
  };
  app.get(
    '/api/schema/',
    {
      config: { access: config.API_DOCS === 'all' ? 'open' : 'operator' },
      schema: {
        tags: ['system'],
        summary: 'This document: OpenAPI 3.1 as YAML, or as JSON by `Accept`',
        response: {
          200: {
            description: 'The document',
            content: {
              'application/json': {
                schema: Type.Object({}, { additionalProperties: true }),
                example: { openapi: '3.1.0' },
              },
              'application/vnd.oai.openapi': { schema: Type.String(), example: 'openapi: 3.1.0' },
            },
          },
          304: Type.Null({ description: 'The client has it already' }),
        },
      },
    },
    async (request, reply) => {
      const { type, text, etag } = documentAs(prefersJson(request.headers.accept) ? 'json' : 'yaml');
      void reply.headers({ vary: 'Origin, Accept', etag, 'cache-control': 'no-cache' });
      if (isKnownTag(request.headers['if-none-match'], etag)) return reply.code(304).send(null);
      return reply.type(type).send(text);
    },
  );
};

function render(kind: string, text: string): Rendered {
  const digest = createHash('sha256').update(text).digest('base64url');
  return { type: `application/${kind}; charset=utf-8`, text, etag: `"${digest}"` };
}

function prefersJson(accept: string | undefined): boolean {
  return /\bapplication\/(json|[\w.-]+\+json)\b/i.test(accept ?? '');
}
