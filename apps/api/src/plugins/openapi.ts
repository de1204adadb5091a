import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema } from 'fastify';
import fp from 'fastify-plugin';
import { DetailSchema, InvalidSchema } from '../schemas/errors.ts';

export interface OpenapiOptions {
  /** Where the service is reached from outside, where that is configured. */
  readonly publicUrl?: string | undefined;
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
  async (app, { publicUrl }) => {
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
        schema: withGeneralAnswers(route.config?.access === 'open' ? { ...schema, security: [] } : schema),
        url,
      }),
      transformObject: (document) =>
        nameOperations('openapiObject' in document ? document.openapiObject : document.swaggerObject),
    });
    await app.register(docsPages);
  },
  { name: 'openapi' },
);

/** With the answers that any route may give, whatever it does: to its body, and for the service's own trouble. */
function withGeneralAnswers(schema: FastifySchema): FastifySchema {
  const ofBody = { 400: InvalidSchema, 413: DetailSchema, 415: DetailSchema };
  const given = (schema?.response ?? {}) as Record<string, unknown>;
  const response = {
    ...(schema?.body === undefined ? {} : ofBody),
    500: DetailSchema,
    503: DetailSchema,
    ...given,
  };
  return { ...schema, response };
}

/** Each operation's id out of its method and path: `getChoreographyTasksByTaskId`. */
function nameOperations<Document extends { paths?: object }>(document: Document): Document {
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(
      operations as Record<string, { operationId?: string }>,
    )) {
      operation.operationId = operationIdOf(method, path);
    }
  }
  return document;
}

function operationIdOf(method: string, path: string): string {
  const words = path
    .replace(/^\/api\//, '')
    .replaceAll('{*}', '{name}')
    .replaceAll(/\{(\w+)\}/g, 'by-$1')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return `${method}${words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('')}`;
}

/** In a scope of its own, so that its routes alone are opened. */
async function docsPages(app: FastifyInstance): Promise<void> {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'open' };
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: DOCS_CONTENT_SECURITY_POLICY,
    uiConfig: { url: '/api/schema/', persistAuthorization: true, tryItOutEnabled: true },
  });
}
