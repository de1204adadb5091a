import type { ClassPlanKey } from '@bachata-buddy/database';
import type { FastifyRequest } from 'fastify';
import { notFound } from '../../http/http-answer.ts';
import { isUuid } from '../../http/path-ids.ts';
import { callerOf } from '../../plugins/authentication.ts';

export const NO_PLAN = 'No ClassPlan matches the given query.';
export const NO_SEQUENCE = 'No ClassPlanSequence matches the given query.';

/** The plan that the address names, as the caller's. @throws HttpAnswer 404 `Not found.` for what is no UUID */
export function planKeyOf(request: FastifyRequest): ClassPlanKey {
  const { id } = request.params as { id: string };
  return { classPlanId: parseUuid(id), instructorId: callerOf(request).id };
}

/** A plan's sequence that the address names. @throws HttpAnswer 404 `Not found.` for what is no UUID */
export function sequenceKeyOf(request: FastifyRequest): ClassPlanKey & { readonly sequenceId: string } {
  const { sequence_id: sequenceId } = request.params as { sequence_id: string };
  return { ...planKeyOf(request), sequenceId: parseUuid(sequenceId) };
}

/** What is answered where the caller has no such plan, whoever else may have it. */
export function noSuchPlan() {
  return notFound(NO_PLAN);
}

export function noSuchSequence() {
  return notFound(NO_SEQUENCE);
}

function parseUuid(text: string): string {
  if (!isUuid(text)) throw notFound();
  return text.toLowerCase();
}
