import { ApiProblem } from '../../../api/problem.ts';

/** For refusals of the edits themselves: the API says what is wrong with each of them. */
const EDITS_REFUSED = 'EDITS_REFUSED';

/** What is wrong with edits, of `{edits: {0: {index: ["…"]}}}`; undefined where something else was refused. */
export function refusalOfEdits(status: number, body: unknown): ApiProblem | undefined {
  if (typeof body !== 'object' || body === null || !('edits' in body)) return undefined;
  const [message] = textsIn(body.edits);
  return message === undefined ? undefined : new ApiProblem({ status, code: EDITS_REFUSED, message });
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Whether the dance does not allow what is wanted; anything else that went wrong may pass, and what is wanted stays. */
export function refusesEdits(problem: unknown): boolean {
  return problem instanceof ApiProblem && problem.code === EDITS_REFUSED;
}
