import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { ERROR_CODE_HEADER } from './answer-codes.ts';
import { redactedPath } from './redacted-path.ts';
import { onRequestEnd } from './request-end.ts';
import { REQUEST_ID_HEADER } from './request-id.ts';

/** Fastify's own lines but for those about every request, which hold queries and miss callers that leave. */
export class QuietLogController extends LogController {
  override incomingRequest(): void {}
  override requestCompleted(): void {}
}

/**
 * Names the request in its answer, and has one line of the log say what became of it, once its connection is done with
 * it: `status` is null where the caller left before an answer began, `isAborted` true where it left before the end.
 * `code` is that of an answer that is no success. The path comes without the query and without secrets; nothing of headers and bodies is said.
 */
export function accompanyRequest(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header(REQUEST_ID_HEADER, request.id);
  onRequestEnd(reply.raw, ({ status, isAborted, durationMs }) => {
    const facts = {
      method: request.method,
      path: redactedPath(request.url),
      status,
      durationMs: Math.round(durationMs),
      // Undefined before the address was understood, null on open routes.
      userId: (request.user as FastifyRequest['user'] | undefined)?.id ?? null,
    };
    const code = reply.getHeader(ERROR_CODE_HEADER);
    const refusal = code === undefined ? {} : { code };
    request.log.info({ ...facts, ...refusal, ...(isAborted ? { isAborted } : {}) }, 'request');
  });
}
