import { AppError } from '@bachata-buddy/platform';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { type AnswerCode, answerCodesOf } from '../http/answer-codes.ts';
import { HttpAnswer, invalidFields, notFound, refused } from '../http/http-answer.ts';
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
  if (answer.status >= 500) request.log.error({ err: error, code: answer.code }, 'request failed');
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
  switch (error.code) {
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return notFound();
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE': {
      const given = request.headers['content-type'] ?? '';
      return refused('MEDIA_TYPE_UNSUPPORTED', `Unsupported media type "${given}" in request.`);
    }
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return refused('BODY_INVALID', 'JSON parse error - The body is not valid JSON.');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refused('BODY_TOO_LARGE', 'The request body is too large.');
    case 'STORAGE_KEY_INVALID':
    case 'STORAGE_NOT_FOUND':
      return notFound();
    case 'FST_UNDER_PRESSURE':
      return unavailable('SERVICE_BUSY');
    case 'DB_UNAVAILABLE':
    case 'DB_LOGIN_REFUSED':
      return unavailable('SERVICE_UNAVAILABLE');
    default:
      return unknownError(error);
  }
}

function unavailable(code: AnswerCode): HttpAnswer {
  return refused(code, 'Service temporarily unavailable.', { 'retry-after': '5' });
}

/** What a library refuses keeps its status and its text; all else is ours. */
function unknownError(error: FastifyError): HttpAnswer {
  const status = error.statusCode ?? 500;
  const isCallersFault = status >= 400 && status < 500 && !(error instanceof AppError);
  if (!isCallersFault) return new HttpAnswer({ code: 'INTERNAL_ERROR', body: MASKED_BODY, cause: error });
  const [only, ...others] = answerCodesOf(status);
  const code = only === undefined || others.length > 0 ? 'REQUEST_INVALID' : only;
  return new HttpAnswer({ code, status, body: { detail: error.message } });
}
