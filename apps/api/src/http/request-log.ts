import { AsyncResource } from 'node:async_hooks';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { REQUEST_ID_HEADER } from './request-id.ts';

/** Fastify's own lines but for those about every request, which hold queries and miss callers that leave. */
export class QuietLogController extends LogController {
  override incomingRequest(): void {}
  override requestCompleted(): void {}
}

/**
 * Names the request in its answer, and has one line of the log say what became of it, once its connection is done with
 * it: `status` is null where the caller left before an answer began, `isAborted` true where it left before the end.
 * The path comes without the query; nothing of headers and bodies is said.
 */
export function accompanyRequest(request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = reply;
  const beganMs = performance.now();
  let isFinished = false;
  void reply.header(REQUEST_ID_HEADER, request.id);
  raw.once('finish', () => {
    isFinished = true;
  });
  // A connection closes outside of the trace that the request is part of.
  const tell = AsyncResource.bind(() => {
    const facts = {
      method: request.method,
      path: request.url.split('?')[0],
      status: raw.headersSent ? raw.statusCode : null,
      durationMs: Math.round(performance.now() - beganMs),
      // Undefined before the address was understood, null on open routes.
      userId: (request.user as FastifyRequest['user'] | undefined)?.id ?? null,
    };
    request.log.info(isFinished ? facts : { ...facts, isAborted: true }, 'request');
  });
  raw.once('close', tell);
}
