import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenapiDocument, Operation } from './documented-operations.ts';

const DOCUMENT_ID = 'openapi';

/** What of an answer is looked at. */
export interface AnswerFacts {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/**
 * Makes the check of an answer against the document: what is wrong with it, or undefined. The status has to be
 * documented, the media type one of those documented for it, and the body what its schema says; a refusal has one of the
 * codes that are documented for its status, and nothing else has any.
 */
export function makeAnswerCheck(document: OpenapiDocument) {
  const ajv = new Ajv2020({ strict: false, validateFormats: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: DOCUMENT_ID, ...document });
  const validators = new Map<string, ValidateFunction>();
  const validatorOf = (pointer: string): ValidateFunction => {
    const known = validators.get(pointer);
    if (known !== undefined) return known;
    const made = ajv.compile({ $ref: `${DOCUMENT_ID}#${encodeURI(pointer)}` });
    validators.set(pointer, made);
    return made;
  };

  return (operation: Operation, { statusCode, headers, body }: AnswerFacts): string | undefined => {
    if (typeof headers['x-request-id'] !== 'string') return 'no x-request-id';
    const documented = operation.answers[statusCode];
    if (documented === undefined) return `an undocumented status: ${statusCode} ${body.slice(0, 300)}`;
    const fault = faultOfCode(promisedCodesOf(document, statusCode), headers);
    if (fault !== undefined) return `${statusCode}: ${fault}`;
    if (body === '') return undefined;
    const type = String(headers['content-type']).split(';')[0] ?? '';
    const content = documented.content?.[type];
    if (content === undefined) return `an undocumented media type: ${statusCode} ${type}`;
    if (type !== 'application/json' || content.schema === undefined) return undefined;
    const escaped = type.replaceAll('/', '~1');
    const validate = validatorOf(`${operation.answersPointer}/${statusCode}/content/${escaped}/schema`);
    if (validate(JSON.parse(body))) return undefined;
    return `a body that is not as documented: ${statusCode} ${ajv.errorsText(validate.errors)} ${body.slice(0, 500)}`;
  };
}

/** Of refusals with that status. */
function promisedCodesOf({ components }: OpenapiDocument, status: number): readonly string[] {
  return components?.headers?.[`ErrorCode${status}`]?.schema.enum ?? [];
}

function faultOfCode(promised: readonly string[], headers: AnswerFacts['headers']): string | undefined {
  const code = headers['x-error-code'];
  if (promised.length === 0) return code === undefined ? undefined : `a code of no refusal: ${code}`;
  return promised.includes(String(code)) ? undefined : `not one of the documented codes: ${code}`;
}

/** The same for an address that belongs to no operation: refused, in JSON. */
export function checkUnrouted({ statusCode, headers, body }: AnswerFacts): string | undefined {
  if (![400, 404, 405, 413, 415].includes(statusCode)) return `answered ${statusCode}: ${body.slice(0, 300)}`;
  if (typeof headers['x-request-id'] !== 'string') return 'no x-request-id';
  if (typeof headers['x-error-code'] !== 'string') return 'no x-error-code';
  const isJson = /^application\/json/.test(String(headers['content-type']));
  if (!isJson) return `not JSON: ${String(headers['content-type'])}`;
  return body === '' || 'detail' in JSON.parse(body) ? undefined : `no detail: ${body.slice(0, 300)}`;
}
