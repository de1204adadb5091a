import { AppError } from '@bachata-buddy/platform';
import { ANSWERS, type AnswerCode, ERROR_CODE_HEADER } from './answer-codes.ts';

/** Texts by field, as clients read them: `{"title":["This field is required."]}`; nested for lists and objects. */
export interface FieldErrors {
  [field: string]: string[] | FieldErrors;
}

export interface HttpAnswerOptions {
  /** Stands in the header `X-Error-Code`, and decides the status. */
  readonly code: AnswerCode;
  /** The whole JSON body. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where it is not that of the code: what a library refuses with one of its own. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** An error whose answer is already decided: status and body, word for word. */
export class HttpAnswer extends AppError {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor({ code, body, headers = {}, status = ANSWERS[code].status, cause }: HttpAnswerOptions) {
    super(`HTTP ${status}`, { code, room: 'api', facts: ANSWERS[code], cause });
    this.name = 'HttpAnswer';
    this.status = status;
    this.body = body;
    this.headers = { ...headers, [ERROR_CODE_HEADER]: code };
  }
}

/** 400 with every failing field. */
export function invalidFields(errors: FieldErrors): HttpAnswer {
  return new HttpAnswer({ code: 'FIELDS_INVALID', body: errors });
}

/** A business rule: one text under `error`. */
export function brokenRule(code: AnswerCode, error: string): HttpAnswer {
  return new HttpAnswer({ code, body: { error } });
}

/** A refusal of HTTP itself: one text under `detail`. */
export function refused(code: AnswerCode, detail: string, headers: HttpAnswer['headers'] = {}): HttpAnswer {
  return new HttpAnswer({ code, body: { detail }, headers });
}

export function notFound(detail = 'Not found.'): HttpAnswer {
  return refused('NOT_FOUND', detail);
}

export function forbidden(detail = 'You do not have permission to perform this action.'): HttpAnswer {
  return refused('FORBIDDEN', detail);
}

export interface UnauthorizedOptions {
  readonly code: AnswerCode;
  readonly body: Readonly<Record<string, unknown>>;
  /** By RFC 6750, section 3. */
  readonly problem?: string;
}

/** 401 with the challenge that RFC 9110 asks for. */
export function unauthorized({ code, body, problem }: UnauthorizedOptions): HttpAnswer {
  const challenge = 'Bearer realm="api"';
  const said =
    problem === undefined ? challenge : `${challenge}, error="invalid_token", error_description="${problem}"`;
  return new HttpAnswer({ code, body, headers: { 'www-authenticate': said } });
}
