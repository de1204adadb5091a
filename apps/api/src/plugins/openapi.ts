import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema } from 'fastify';
import fp from 'fastify-plugin';
import { Type } from 'typebox';
import { finishDocument } from '../openapi/document.ts';
import { withOptionalDefaults } from '../openapi/optional-defaults.ts';
import { detail, invalid } from '../schemas/errors.ts';

export interface OpenapiOptions {
  /** Where the service is reached from outside, where that is configured. */
  readonly publicUrl?: string | undefined;
  /** Who may read the documentation: everybody, whoever has the operator's token, or nobody. */
  readonly audience: 'all' | 'operators' | 'off';
}

/** Swagger UI writes styles into elements and draws its icons from data addresses; all else is our own. */
const DOCS_CONTENT_SECURITY_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/** The OpenAPI document, made from the routes' own schemas, and Swagger UI at `/api/docs/`. */
export const openapi = fp<OpenapiOptions>(
  async (app, { publicUrl, audience }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Bachata Buddy API',
          version: '1.0.0',
          description: 'Turns a song, or a sentence, into a bachata choreography video.',
          license: { name: 'MIT', identifier: 'MIT' },
        },
        servers: [
          { url: publicUrl ?? '/', description: publicUrl === undefined ? 'This server' : 'Production' },
        ],
        tags: [
          { name: 'auth', description: 'Accounts and tokens' },
          { name: 'choreography', description: 'Songs, generation and its tasks' },
          { name: 'collections', description: 'Saved choreographies' },
          { name: 'instructors', description: 'Class plans' },
          { name: 'media', description: 'Finished videos' },
          { name: 'system', description: 'Health and documentation' },
        ],
        components: { securitySchemes: { jwtAuth: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
        security: [{ jwtAuth: [] }],
      },
      transform: ({ schema, url, route }) => ({
        schema: withGeneralAnswers(
          route.config?.access === 'open' ? { ...schema, security: [] } : schema,
          [route.method].flat(),
          TAGGED.has(route.config?.access) && !url.startsWith('/api/auth/'),
        ),
        url,
      }),
      transformObject: (document) =>
        finishDocument('openapiObject' in document ? document.openapiObject : document.swaggerObject),
    });
    if (audience !== 'off') await app.register(docsPages, { audience });
  },
  { name: 'openapi' },
);

/** Of these, what is answered is its owner's, and gets a tag. */
const TAGGED = new Set<string | undefined>([undefined, 'instructor']);
const OF_A_BODY = {
  400: invalid({ detail: 'JSON parse error - The body is not valid JSON.' }),
  413: detail('The request body is too large.'),
  415: detail('Unsupported media type "text/plain" in request.'),
};

/**
 * With the answers that any route may give, whatever it does: to a body, which is read whether or not the route asks
 * for one, to whoever has it already, and for the service's own trouble.
 *
 * @param isTagged whether what it answers may be kept: not what is of accounts, nor a stream
 */
function withGeneralAnswers(
  schema: FastifySchema,
  methods: readonly string[],
  isTagged: boolean,
): FastifySchema {
  const given = (schema?.response ?? {}) as Record<string, unknown>;
  const response = {
    ...(methods.some((method) => method !== 'GET' && method !== 'HEAD') ? OF_A_BODY : {}),
    ...(methods.includes('GET') && isTagged
      ? { 304: Type.Null({ description: 'The client has it already' }) }
      : {}),
    500: detail('Internal server error.'),
    503: detail('Service temporarily unavailable.'),
    ...given,
  };
  const body = schema?.body === undefined ? {} : { body: bodyForClients(schema.body as object) };
  return { ...schema, ...body, response };
}

/** Of every kind in which it may come, where it may come in several. */
function bodyForClients(body: { content?: Record<string, { schema: object }> }): object {
  if (body.content === undefined) return withOptionalDefaults(body as object);
  const kinds = Object.entries(body.content).map(([type, { schema }]) => [
    type,
    { schema: withOptionalDefaults(schema) },
  ]);
  return { content: Object.fromEntries(kinds) };
}

/** In a scope of its own, so that its routes alone are opened. */
async function docsPages(
  app: FastifyInstance,
  { audience }: { readonly audience: 'all' | 'operators' },
): Promise<void> {
  const access = audience === 'all' ? 'open' : 'operator';
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access };
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: DOCS_CONTENT_SECURITY_POLICY,
    uiConfig: { url: '/api/schema/', persistAuthorization: true, tryItOutEnabled: true },
  });
}
