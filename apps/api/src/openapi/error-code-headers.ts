import { ANSWERS, type AnswerCode, answerCodesOf } from '../http/answer-codes.ts';

const HEADER = 'X-Error-Code';

/** The header of refusals, once for each status, with all codes that it may hold there. */
export function errorCodeHeaders(): Record<string, object> {
  const statuses = [...new Set(Object.values(ANSWERS).map(({ status }) => status))];
  return Object.fromEntries(statuses.map((status) => [nameOf(status), headerOf(answerCodesOf(status))]));
}

/** A response of this status with its header, where it is a refusal. */
export function withErrorCode<Given extends object>(response: Given, status: number): Given {
  if (answerCodesOf(status).length === 0) return response;
  return { ...response, headers: { [HEADER]: { $ref: `#/components/headers/${nameOf(status)}` } } };
}

function nameOf(status: number): string {
  return `ErrorCode${status}`;
}

function headerOf(codes: readonly AnswerCode[]): object {
  const meanings = codes.map((code) => `\`${code}\`: ${ANSWERS[code].meaning}`);
  return {
    description: `Why, in a word that stays what it is (docs/errors.md). ${meanings.join(' ')}`,
    schema: { type: 'string', enum: codes },
  };
}
