import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

/** Answers with tokens, and what leads to them. */
const OF_LOGINS = /^\/api\/auth\//;
const NEVER = 'no-store';
/** Kept by the caller's own browser at most, and asked for anew each time. */
const BY_ITS_OWNER = 'private, no-cache';

/**
 * Says of every answer who may keep it, where its route has not said so: of logins and accounts nobody (RFC 6749,
 * section 5.1), of what only its owner sees nobody but them (RFC 9111, section 5.2.2). What is open to all says it
 * itself or leaves it to HTTP.
 */
export const caching = fp(
  async (app) => {
    app.addHook('onSend', async (request, reply) => {
      if (reply.hasHeader('cache-control')) return;
      const rule = ruleFor(request, reply);
      if (rule !== undefined) reply.header('cache-control', rule);
    });
  },
  { name: 'caching' },
);

function ruleFor(request: FastifyRequest, reply: FastifyReply): string | undefined {
  if (OF_LOGINS.test(request.url)) return NEVER;
  if (reply.statusCode === 401) return NEVER;
  return request.user === null || request.user === undefined ? undefined : BY_ITS_OWNER;
}
