import { detail, FOR_INSTRUCTORS } from '../../schemas/errors.ts';
import { NO_PLAN, NO_SEQUENCE } from './plan-id.ts';

export const PLAN_PATH = '/api/instructors/class-plans/:id/';
export const SEQUENCE_PATH = `${PLAN_PATH}sequences/:sequence_id/`;

/** Of routes for instructors alone. */
export const OF_INSTRUCTORS = { access: 'instructor' } as const;

/** Answers that routes of one plan, and of one of its sequences, have in common. */
export const ONE_PLAN = { 404: detail(NO_PLAN), ...FOR_INSTRUCTORS };
export const ONE_SEQUENCE = { 404: detail(NO_PLAN, NO_SEQUENCE), ...FOR_INSTRUCTORS };
