import type { Alternative } from '@bachata-buddy/choreography';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { untilAborted } from '../../generate/deadline.ts';
import { notFound } from '../../http/http-answer.ts';
import { parseInteger } from '../../http/query-string.ts';
import { toTimestamp } from '../../http/timestamp.ts';
import type { RouteContext } from '../../route-context.ts';
import { detail, ONE_TASK, rule } from '../../schemas/errors.ts';
import { AlternativesParamsSchema, AlternativesSchema } from '../../schemas/task-media.ts';
import { getCallersTask } from './owned-task.ts';
import { loadDance } from './revisable-dance.ts';
import { throttleLooks } from './throttle-looks.ts';

const MOST_ALTERNATIVES = 3;
const NO_MOVE = 'This blueprint has no such move.';

/** GET /api/choreography/tasks/{task_id}/moves/{index}/alternatives/: what else could be danced there. */
export const alternativesRoute: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { signedMedia } = context;
  app.get(
    '/api/choreography/tasks/:task_id/moves/:index/alternatives/',
    {
      schema: {
        tags: ['choreography'],
        summary: 'Get the best other moves for a place of a choreography',
        description:
          'The first of them is what the edit `another` would choose. None was refused, and none is harder than the ' +
          'choreography was asked for.',
        params: AlternativesParamsSchema,
        response: {
          200: AlternativesSchema,
          ...ONE_TASK,
          400: rule('This task has no blueprint to revise.'),
          404: detail('Task not found', NO_MOVE),
          429: detail('Request was throttled. Expected available in 3600 seconds.'),
        },
      },
    },
    async (request, reply) => {
      const task = await getCallersTask(context.database, request);
      const { blueprint: _document, ...dance } = await loadDance(context.database, task);
      const index = parseInteger(request.params.index) ?? -1;
      const place = dance.moves[index];
      if (place === undefined) throw notFound(NO_MOVE);
      await throttleLooks(context, request, reply);
      const found = await app.generationSignals.run('alternatives', (signal) => {
        const question = { ...dance, index, most: MOST_ALTERNATIVES, signal };
        return untilAborted(context.planner.findAlternatives(question), signal);
      });
      const expiresAt = signedMedia.expiry();
      const view = async (one: Alternative) => ({
        ...viewAlternative(one),
        clip_url: await signedMedia.urlOf(one.move.videoPath, expiresAt),
      });
      return {
        index,
        move_id: place.moveId,
        alternatives: await Promise.all(found.map(view)),
        expires_at: toTimestamp(expiresAt),
      };
    },
  );
};

function viewAlternative({ move, why, join, compromise }: Alternative) {
  return {
    move_id: move.moveId,
    name: move.name,
    family: move.label,
    difficulty: move.difficulty,
    energy: move.energyLevel,
    style: move.style,
    counts: move.counts,
    reason: why,
    join,
    ...(compromise === undefined ? {} : { compromise }),
  };
}
