import { MOVE_ORDERINGS, type MoveFilter } from '@bachata-buddy/database';
import { DIFFICULTIES, ENERGY_LEVELS, STYLES } from '@bachata-buddy/vocabulary';
import { type FieldErrors, invalidFields } from '../../http/http-answer.ts';
import { parseInteger, textOf } from '../../http/query-string.ts';
import type { MoveQuery } from '../../schemas/move.ts';

/** PostgreSQL's `integer`. */
const MAX_INTEGER = 2_147_483_647;

/**
 * What a move list is to hold. Empty parameters count as absent, an unknown ordering as none.
 *
 * @throws HttpAnswer 400 with every parameter that is no choice or no number
 */
export function parseMoveFilter(query: MoveQuery): Omit<MoveFilter, 'limit' | 'offset'> {
  const errors: FieldErrors = {};
  const difficulty = parseChoice('difficulty', query.difficulty, DIFFICULTIES, errors);
  const energyLevel = parseChoice('energy_level', query.energy_level, ENERGY_LEVELS, errors);
  const style = parseChoice('style', query.style, STYLES, errors);
  const counts = parseCounts(query.counts, errors);
  if (Object.keys(errors).length > 0) throw invalidFields(errors);
  const label = textOf(query.label);
  const search = textOf(query.search);
  const ordering = MOVE_ORDERINGS.find((name) => name === query.ordering?.trim());
  return {
    ...(difficulty === undefined ? {} : { difficulty }),
    ...(energyLevel === undefined ? {} : { energyLevel }),
    ...(style === undefined ? {} : { style }),
    ...(counts === undefined ? {} : { counts }),
    ...(label === undefined ? {} : { label }),
    ...(search === undefined ? {} : { search }),
    ...(ordering === undefined ? {} : { ordering }),
  };
}

function parseChoice<Choice extends string>(
  name: string,
  text: string | undefined,
  choices: readonly Choice[],
  errors: FieldErrors,
): Choice | undefined {
  const wanted = textOf(text);
  const choice = choices.find((one) => one === wanted);
  if (wanted !== undefined && choice === undefined) errors[name] = [`"${wanted}" is not a valid choice.`];
  return choice;
}

function parseCounts(text: string | undefined, errors: FieldErrors): number | undefined {
  if (textOf(text) === undefined) return undefined;
  const counts = parseInteger(text);
  if (counts === undefined) errors.counts = ['A valid integer is required.'];
  else if (counts < 1) errors.counts = ['Ensure this value is greater than or equal to 1.'];
  return counts === undefined ? undefined : Math.min(counts, MAX_INTEGER);
}
