import { AppError } from '@bachata-buddy/platform';

/** Texts by field, as clients read them: `{"title":["This field is required."]}`; nested for lists and objects. */
export interface FieldErrors {
  [field: string]: string[] | FieldErrors;
}

export interface HttpAnswerOptions {
  readonly status: number;
  /** The whole JSON body. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the log. */
  readonly code?: string;
  readonly cause?: unknown;
}

/** An error whose answer is already decided: status and body, word for word. */
export class HttpAnswer extends AppError {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor({ status, body, headers = {}, code, cause }: HttpAnswerOptions) {
    super(`HTTP ${status}`, { code: code ?? `HTTP_${status}`, cause });
    this.name = 'HttpAnswer';
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** 400 with every failing field. */
export function invalidFields(errors: FieldErrors): HttpAnswer {
  return new HttpAnswer({ status: 400, body: errors });
}

/** A business rule: one text under `error`. */
export function brokenRule(status: number, error: string): HttpAnswer {
  return new HttpAnswer({ status, body: { error } });
}

export function notFound(detail = 'Not found.'): HttpAnswer {
  return new HttpAnswer({ status: 404, body: { detail } });
}

export function forbidden(detail = 'You do not have permission to perform this action.'): HttpAnswer {
  return new HttpAnswer({ status: 403, body: { detail } });
}

/** 401 with the challenge that RFC 9110 asks for; `problem` follows RFC 6750, section 3. */
export function unauthorized(body: Readonly<Record<string, unknown>>, problem?: string): HttpAnswer {
  const challenge = 'Bearer realm="api"';
  return new HttpAnswer({
    status: 401,
    body,
    headers: {
      'www-authenticate':
        problem === undefined
          ? challenge
          : `${challenge}, error="invalid_token", error_description="${problem}"`,
    },
  });
}
