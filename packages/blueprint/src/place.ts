import { quote } from './quote.ts';

/** An object of the document, and how a text speaks of its fields. */
export interface Place {
  /** `moves[3].duration` */
  readonly pathOf: (field: string) => string;
  /** "Missing required field: task_id" */
  readonly missing: (field: string) => string;
  /** "Field 'moves'", "Move at index 3 'duration'", "output_config 'frame_rate'" */
  readonly subject: (field: string) => string;
  readonly invalidChoice: (field: string, value: unknown, choices: readonly string[]) => string;
}

export const DOCUMENT: Place = {
  pathOf: (field) => field,
  missing: (field) => `Missing required field: ${field}`,
  subject: (field) => `Field '${field}'`,
  invalidChoice: (field, value, choices) => `Field '${field}' ${choiceProblem(value, choices)}`,
};

export function moveAt(index: number): Place {
  const name = `Move at index ${index}`;
  return {
    pathOf: (field) => `moves[${index}].${field}`,
    missing: (field) => `${name} missing required field: ${field}`,
    subject: (field) => `${name} '${field}'`,
    invalidChoice: (field, value, choices) =>
      `${name} has invalid ${field}: ${quote(value)}. Valid types: ${choices.join(', ')}`,
  };
}

/** An object that is a field of the document: output_config, song. */
export function partNamed(name: string): Place {
  return {
    pathOf: (field) => `${name}.${field}`,
    missing: (field) => `${name} missing required field: ${field}`,
    subject: (field) => `${name} '${field}'`,
    invalidChoice: (field, value, choices) => `${name} '${field}' ${choiceProblem(value, choices)}`,
  };
}

function choiceProblem(value: unknown, choices: readonly string[]): string {
  return `has invalid value: ${quote(value)}. Valid values: ${choices.join(', ')}`;
}
