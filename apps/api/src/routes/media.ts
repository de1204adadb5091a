import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { notFound } from '../http/http-answer.ts';
import { sendObject } from '../http/send-object.ts';
import { detail } from '../schemas/errors.ts';
import { FILE_ANSWERS } from '../schemas/media.ts';
import type { RouteContext } from './route-context.ts';

/** A finished video never changes; an hour bounds how long a removed one is still shown. */
const CACHE_CONTROL = 'public, max-age=3600';

/** One to four plain names; none may begin with a dot, so neither `..` nor a hidden file is one. */
const OUTPUT_KEY = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,150}\/){0,3}[A-Za-z0-9_-][A-Za-z0-9._-]{0,150}$/;

/**
 * GET and HEAD /media/output/...: finished videos and what belongs to them, of local storage. No login: the
 * task's UUID in the name is the key, for a video element sends none.
 */
export const mediaRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, { store, playback }) => {
  if (!playback.isLocal) return;
  app.route({
    method: ['GET', 'HEAD'],
    url: '/media/output/*',
    config: { access: 'open' },
    schema: {
      tags: ['media'],
      summary: 'A finished video, by the address in its task',
      description: 'Honours `Range`, `If-Range` and `If-None-Match`.',
      params: Type.Object({ '*': Type.String({ description: 'choreography_{task_id}.mp4' }) }),
      response: { ...FILE_ANSWERS, 404: detail('Not found.') },
    },
    handler: async (request, reply) => {
      const name = request.params['*'];
      if (!OUTPUT_KEY.test(name)) throw notFound();
      const key = `output/${name}`;
      const facts = await store.stat(key);
      if (facts === null) throw notFound();
      return sendObject(request, reply, { store, key, facts, cacheControl: CACHE_CONTROL });
    },
  });
};
