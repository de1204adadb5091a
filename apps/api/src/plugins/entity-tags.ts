import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { isKnownTag } from '../http/entity-tag.ts';

/**
 * What its owner reads gets a tag, of its text, and whoever has it already is told so: 304 (RFC 9110, section 13.1.2).
 * Weak, for it may be compressed. Where the route has tagged its answer, or nobody may keep it, nothing is done.
 */
export const entityTags = fp(
  async (app) => {
    app.addHook('onSend', async (request, reply, payload) => {
      if (!isTaggable(request, reply) || typeof payload !== 'string') return payload;
      const etag = `"${createHash('sha256').update(payload).digest('base64url').slice(0, 27)}"`;
      void reply.header('etag', `W/${etag}`);
      if (!isKnownTag(request.headers['if-none-match'], etag)) return payload;
      void reply.code(304).removeHeader('content-type').removeHeader('content-length');
      return null;
    });
  },
  { name: 'entity-tags', dependencies: ['caching'] },
);

function isTaggable({ method, user }: FastifyRequest, reply: FastifyReply): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || (user ?? null) === null) return false;
  if (reply.statusCode !== 200 || reply.hasHeader('etag')) return false;
  return !/no-store/.test(String(reply.getHeader('cache-control')));
}
