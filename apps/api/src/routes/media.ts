import type { ObjectFacts } from '@bachata-buddy/storage';
import { MEDIA_PATH, OUTPUT_PREFIX, PREPARED_CLIP_PREFIX } from '@bachata-buddy/vocabulary';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { forbidden, notFound } from '../http/http-answer.ts';
import { sendObject } from '../http/send-object.ts';
import type { RouteContext } from '../route-context.ts';
import { detail, invalid } from '../schemas/errors.ts';
import {
  DownloadQuerySchema,
  OUTPUT_ANSWERS,
  PICTURE_ANSWERS,
  SIGNED_ANSWERS,
  SignatureQuerySchema,
} from '../schemas/media.ts';
import { SIGNED_PATH } from '../signed-media.ts';
import { attachmentFor } from './attachment-for.ts';

/** A finished video never changes; an hour bounds how long a removed one is still shown. */
const CACHE_CONTROL = 'public, max-age=3600';
/** What has a hash of its content for a name is the same for ever. */
const CACHE_FOR_EVER = 'public, max-age=31536000, immutable';

/** One to four plain names; none may begin with a dot, so neither `..` nor a hidden file is one. */
const OUTPUT_KEY = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,150}\/){0,3}[A-Za-z0-9_-][A-Za-z0-9._-]{0,150}$/;
/** Names sheets of the clips relative to itself, so it comes from where they do. */
const THUMBNAILS = /\.thumbnails\.vtt$/;
const ADDRESS_ENDED = 'This address is not valid, or not any more. Ask for new ones.';
/** Poster and sheet of a prepared clip; the clip itself stays private. */
const CLIP_PICTURE = /^[0-9a-f]{32}(?:\.sheet)?\.jpg$/;

/**
 * GET and HEAD /media/output/...: finished videos and what belongs to them, of local storage; of a bucket, whose videos
 * have addresses of their own, their thumbnails. No login: the task's UUID in the name is the key, for a video element
 * sends none. And /media/prepared/clips/...: the pictures of clips that thumbnails are cut out of. And /media/private/...: clips and
 * songs, by addresses that were signed for the owner of a task.
 */
export const mediaRoutes: FastifyPluginAsyncTypebox<RouteContext> = async (app, context) => {
  const { playback, signedMedia } = context;
  app.route({
    method: ['GET', 'HEAD'],
    url: `${MEDIA_PATH}${OUTPUT_PREFIX}*`,
    compress: false,
    config: { access: 'open' },
    schema: {
      tags: ['media'],
      summary: 'A finished video, or what belongs to it, by the address in its task',
      description: 'Honours `Range` and the conditions of RFC 9110, by tag and by date.',
      querystring: DownloadQuerySchema,
      params: Type.Object({
        '*': Type.String({ description: 'choreography_{task_id}.mp4, .vtt, .chapters.vtt, ...' }),
      }),
      response: {
        ...OUTPUT_ANSWERS,
        400: invalid({ download: ['Null characters are not allowed.'] }),
        404: detail('Not found.'),
      },
    },
    handler: async (request, reply) => {
      const name = request.params['*'];
      if (!OUTPUT_KEY.test(name) || !(playback.isLocal || THUMBNAILS.test(name))) throw notFound();
      const key = `${OUTPUT_PREFIX}${name}`;
      const facts = await getFacts(context, key);
      const attachment = await attachmentFor(context.database, request, key, { isOwner: false });
      const { store } = context;
      return sendObject(request, reply, { store, key, facts, attachment, cacheControl: CACHE_CONTROL });
    },
  });
  app.route({
    method: ['GET', 'HEAD'],
    url: `${MEDIA_PATH}${PREPARED_CLIP_PREFIX}:picture`,
    compress: false,
    config: { access: 'open' },
    schema: {
      tags: ['media'],
      summary: 'A sheet of thumbnails of a clip, or its poster',
      description:
        'Honours `Range` and the conditions of RFC 9110, by tag and by date. Its name holds a hash and is the key to it.',
      params: Type.Object({
        picture: Type.String({ description: '32 hexadecimal digits and `.sheet.jpg` or `.jpg`' }),
      }),
      response: { ...PICTURE_ANSWERS, 404: detail('Not found.') },
    },
    handler: async (request, reply) => {
      const { picture } = request.params;
      if (!CLIP_PICTURE.test(picture)) throw notFound();
      const key = `${PREPARED_CLIP_PREFIX}${picture}`;
      const facts = await getFacts(context, key);
      return sendObject(request, reply, { store: context.store, key, facts, cacheControl: CACHE_FOR_EVER });
    },
  });
  app.route({
    method: ['GET', 'HEAD'],
    url: `${SIGNED_PATH}*`,
    compress: false,
    config: { access: 'open' },
    schema: {
      tags: ['media'],
      summary: 'A clip or a song, by a signed address',
      description:
        "Addresses come from a task's `media/`, for its owner; each works for one file, for about an hour. " +
        'Honours `Range` and the conditions of RFC 9110, by tag and by date.',
      params: Type.Object({ '*': Type.String({ description: 'Storage key' }) }),
      querystring: SignatureQuerySchema,
      response: {
        ...SIGNED_ANSWERS,
        400: invalid({ signature: ['Null characters are not allowed.'] }),
        403: detail(ADDRESS_ENDED),
        404: detail('Not found.'),
      },
    },
    handler: async (request, reply) => {
      const { expires = '', signature = '' } = request.query;
      const key = request.params['*'];
      const expiresAt = signedMedia.check({ key, expires, signature });
      if (expiresAt === null) throw forbidden(ADDRESS_ENDED);
      const facts = await getFacts(context, key);
      const leftSec = Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1_000));
      const cacheControl = `private, max-age=${leftSec}`;
      return sendObject(request, reply, { store: context.store, key, facts, cacheControl });
    },
  });
};

/** @throws HttpAnswer 404 where nothing is stored under that key */
async function getFacts({ store }: RouteContext, key: string): Promise<ObjectFacts> {
  const facts = await store.stat(key);
  if (facts === null) throw notFound();
  return facts;
}
