import { canonicalJson } from '@bachata-buddy/blueprint';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { isKnownTag } from '../../http/entity-tag.ts';
import { PAGE_CONTENT_SECURITY_POLICY } from '../../http/printed-page.ts';
import type { RouteContext } from '../../route-context.ts';
import { detail, ONE_TASK } from '../../schemas/errors.ts';
import { BlueprintDocumentSchema, ConditionalHeadersSchema, TaskParamsSchema } from '../../schemas/task.ts';
import { getBlueprint, getSoundBlueprint, NO_BLUEPRINT, UNREADABLE_BLUEPRINT } from './blueprint-of-task.ts';
import { getCallersTask } from './owned-task.ts';
import { printSheet } from './printed-sheet.ts';

/** A task's blueprint: the document that its job executes, and the same as a sheet to practise by. */
export const taskBlueprintRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, { database }) => {
  app.get(
    '/api/choreography/tasks/:task_id/blueprint/',
    {
      schema: {
        tags: ['choreography'],
        summary: "Get the blueprint of one of the caller's own tasks",
        params: TaskParamsSchema,
        headers: ConditionalHeadersSchema,
        response: {
          200: BlueprintDocumentSchema,
          304: Type.Null({ description: 'The client has it already' }),
          ...ONE_TASK,
          404: detail('Task not found', NO_BLUEPRINT),
        },
      },
    },
    async (request, reply) => {
      const task = await getCallersTask(database, request);
      const stored = await getBlueprint(database, task);
      const etag = `"${stored.sha256}"`;
      void reply.headers({ etag, 'cache-control': 'private, no-cache' });
      if (isKnownTag(request.headers['if-none-match'], etag)) return reply.code(304).send(null);
      return reply.type('application/json; charset=utf-8').send(canonicalJson(stored.blueprint));
    },
  );

  app.get(
    '/api/choreography/tasks/:task_id/sheet/',
    {
      schema: {
        tags: ['choreography'],
        summary: "Get one of the caller's own choreographies as a page to print and practise by",
        params: TaskParamsSchema,
        response: {
          200: {
            description: 'The page',
            content: { 'text/html': { schema: Type.String(), example: '<!doctype html>…' } },
          },
          ...ONE_TASK,
          404: detail('Task not found', NO_BLUEPRINT, UNREADABLE_BLUEPRINT),
        },
      },
    },
    async (request, reply) => {
      const task = await getCallersTask(database, request);
      const blueprint = await getSoundBlueprint(database, task);
      return reply
        .headers({
          'content-security-policy': PAGE_CONTENT_SECURITY_POLICY,
          'cache-control': 'private, no-cache',
        })
        .type('text/html; charset=utf-8')
        .send(printSheet(blueprint));
    },
  );
};
