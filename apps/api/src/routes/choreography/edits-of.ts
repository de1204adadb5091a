import { TRANSITION_TYPES } from '@bachata-buddy/blueprint';
import type { Edit, EditIssue } from '@bachata-buddy/choreography';
import type { FieldErrors } from '../../http/http-answer.ts';
import { EDIT_ACTIONS, MAX_TRANSITION_SEC } from '../../schemas/revision.ts';
import { findUnstorableText } from '../../validation/clean-text.ts';
import { kindOf } from '../../validation/field-errors-of.ts';

const MAX_MOVE_ID_LENGTH = 100;
const REQUIRED = 'This field is required.';
const NULL = 'This field may not be null.';

export interface ReadEdits {
  /** As many as were given; null for each that cannot be understood. */
  readonly edits: readonly (Edit | null)[];
  /** By index; empty where nothing is wrong. */
  readonly errors: FieldErrors;
}

/** The edits of a request, each with all that is wrong with its fields; unknown fields are passed over. */
export function readEdits(given: readonly unknown[]): ReadEdits {
  const errors: FieldErrors = {};
  const edits = given.map((one, index) => {
    const ofEdit: Record<string, string[]> = {};
    const edit = readEdit(one, ofEdit);
    if (Object.keys(ofEdit).length > 0) errors[index] = ofEdit;
    return Object.keys(ofEdit).length > 0 ? null : edit;
  });
  return { edits, errors };
}

const FIELD_NAMES = {
  index: 'index',
  to: 'to',
  moveId: 'move_id',
  transition: 'transition_type',
  durationSec: 'duration',
} as const satisfies Record<EditIssue['field'], string>;

/** What the planner found wrong, beside what is wrong already. */
export function withIssues(errors: FieldErrors, issues: readonly EditIssue[]): FieldErrors {
  const all = { ...errors };
  for (const { edit, field, text } of issues) {
    const ofEdit = { ...(all[edit] as Record<string, string[]> | undefined) };
    ofEdit[FIELD_NAMES[field]] = [...(ofEdit[FIELD_NAMES[field]] ?? []), text];
    all[edit] = ofEdit;
  }
  return all;
}

type Report = Record<string, string[]>;

function readEdit(given: unknown, errors: Report): Edit | null {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const text = given === null ? NULL : `Invalid data. Expected a dictionary, but got ${kindOf(given)}.`;
    errors.non_field_errors = [text];
    return null;
  }
  const unstorable = findUnstorableText(given);
  if (unstorable !== undefined) {
    errors.non_field_errors = [unstorable];
    return null;
  }
  const fieldOf = (name: string): unknown =>
    Object.hasOwn(given, name) ? (given as Record<string, unknown>)[name] : undefined;
  const action = readChoice('action', fieldOf('action'), EDIT_ACTIONS, errors);
  const index = readIndex('index', fieldOf('index'), errors);
  switch (action) {
    case undefined:
      return null;
    case 'replace':
      return { action, index, moveId: readMoveId(fieldOf('move_id'), errors) };
    case 'move':
      return { action, index, to: readIndex('to', fieldOf('to'), errors) };
    case 'transition': {
      const choice = readChoice('transition_type', fieldOf('transition_type'), TRANSITION_TYPES, errors);
      const durationSec = readDuration(fieldOf('duration'), errors);
      const timing = durationSec === undefined ? {} : { durationSec };
      return choice === undefined ? null : { action, index, transition: choice, ...timing };
    }
    default:
      return { action, index };
  }
}

function readChoice<Choice extends string>(
  name: string,
  value: unknown,
  choices: readonly Choice[],
  errors: Report,
): Choice | undefined {
  const choice = choices.find((one) => one === value);
  if (value === undefined) errors[name] = [REQUIRED];
  else if (value === null) errors[name] = [NULL];
  else if (choice === undefined) {
    errors[name] = [`"${typeof value === 'string' ? value : JSON.stringify(value)}" is not a valid choice.`];
  }
  return choice;
}

/** The number, or 0 beside its error. */
function readIndex(name: string, value: unknown, errors: Report): number {
  const text = indexProblem(value);
  if (text === undefined) return value as number;
  errors[name] = [text];
  return 0;
}

function indexProblem(value: unknown): string | undefined {
  if (value === undefined) return REQUIRED;
  if (value === null) return NULL;
  if (!Number.isInteger(value)) return 'A valid integer is required.';
  return (value as number) < 0 ? 'Ensure this value is greater than or equal to 0.' : undefined;
}

/** The id, or '' beside its error. */
function readMoveId(value: unknown, errors: Report): string {
  const id = typeof value === 'string' ? value.trim() : '';
  const text = moveIdProblem(value, id);
  if (text !== undefined) errors.move_id = [text];
  return id;
}

function moveIdProblem(value: unknown, id: string): string | undefined {
  if (value === undefined) return REQUIRED;
  if (value === null) return NULL;
  if (typeof value !== 'string') return 'Not a valid string.';
  if (id === '') return 'This field may not be blank.';
  if (id.length > MAX_MOVE_ID_LENGTH) {
    return `Ensure this field has no more than ${MAX_MOVE_ID_LENGTH} characters.`;
  }
  return undefined;
}

function readDuration(value: unknown, errors: Report): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number') errors.duration = ['A valid number is required.'];
  else if (value <= 0) errors.duration = ['Ensure this value is greater than 0.'];
  else if (value > MAX_TRANSITION_SEC) {
    errors.duration = [`Ensure this value is less than or equal to ${MAX_TRANSITION_SEC}.`];
  }
  return typeof value === 'number' ? value : undefined;
}
