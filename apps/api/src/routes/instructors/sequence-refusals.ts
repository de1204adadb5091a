import { MAX_CLASS_PLAN_SEQUENCES } from '@bachata-buddy/database';
import { invalid } from '../../schemas/errors.ts';
import { noSuchPlan, noSuchSequence } from './plan-id.ts';

export const INCOMPLETE = 'Cannot save incomplete choreography';
export const FULL = `A class plan may have ${MAX_CLASS_PLAN_SEQUENCES} sequences at most`;

/** The 400 of whoever adds or changes a sequence. */
export const UNFIT_SEQUENCE = invalid(
  { estimated_time: ['Estimated time must be positive'] },
  { error: INCOMPLETE },
  { error: FULL },
);

export function absenceOf(outcome: 'plan_not_found' | 'sequence_not_found') {
  return outcome === 'plan_not_found' ? noSuchPlan() : noSuchSequence();
}
