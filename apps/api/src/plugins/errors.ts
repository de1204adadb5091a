import { AppError } from '@bachata-buddy/platform';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { HttpAnswer, invalidFields, notFound } from '../http/http-answer.ts';
import { fieldErrorsOf } from '../validation/field-errors-of.ts';

/** The answer to a bug or an outage: it says nothing of what happened inside. */
const MASKED_BODY = { detail: 'Internal server error.' };

/** One place where every error becomes JSON. What the caller caused is said; the rest is masked and logged. */
export const errors = fp(
  async (app) => {
    app.setErrorHandler(sendError);
  },
  { name: 'errors' },
);

/** Sends what {@link answerTo} decides; usable before routing as well (malformed addresses). */
export function sendError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const answer = answerTo(error, request);
  if (answer.status >= 500) request.log.error({ err: error }, 'request failed');
  else request.log.debug(refusalFacts(error, answer), 'request refused');
  void reply.code(answer.status).headers(answer.headers).type('application/json; charset=utf-8');
  void reply.serializer(JSON.stringify).send(answer.body);
}

/** Nothing of what was sent: a body may hold a password. */
function refusalFacts(error: FastifyError, { status, code }: HttpAnswer): Record<string, unknown> {
  const fields = error.validation?.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
  return { status, code, reason: error.code, ...(fields === undefined ? {} : { fields }) };
}

function answerTo(error: FastifyError, request: FastifyRequest): HttpAnswer {
  if (error instanceof HttpAnswer) return error;
  if (error.validation !== undefined) {
    return invalidFields(fieldErrorsOf(error.validation));
  }
  const detail = (status: number, text: string): HttpAnswer =>
    new HttpAnswer({ status, body: { detail: text }, code: error.code });
  switch (error.code) {
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return notFound();
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return detail(415, `Unsupported media type "${request.headers['content-type'] ?? ''}" in request.`);
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return detail(400, 'JSON parse error - The body is not valid JSON.');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return detail(413, 'The request body is too large.');
    case 'STORAGE_KEY_INVALID':
    case 'STORAGE_NOT_FOUND':
      return notFound();
    case 'FST_UNDER_PRESSURE':
    case 'DB_UNAVAILABLE':
      return new HttpAnswer({
        status: 503,
        body: { detail: 'Service temporarily unavailable.' },
        headers: { 'retry-after': '5' },
      });
    default:
      return unknownError(error, detail);
  }
}

function unknownError(error: FastifyError, detail: (status: number, text: string) => HttpAnswer): HttpAnswer {
  const status = error.statusCode ?? 500;
  const isCallersFault = status >= 400 && status < 500 && !(error instanceof AppError);
  return isCallersFault
    ? detail(status, error.message)
    : new HttpAnswer({ status: 500, body: MASKED_BODY, cause: error });
}
