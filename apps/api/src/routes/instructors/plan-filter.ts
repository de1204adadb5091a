import { CLASS_PLAN_ORDERINGS, type ClassPlanFilter, type ClassPlanOrdering } from '@bachata-buddy/database';
import { DIFFICULTIES } from '@bachata-buddy/vocabulary';
import { invalidFields } from '../../http/http-answer.ts';
import { textOf } from '../../http/query-string.ts';
import type { ClassPlanQuery } from '../../schemas/class-plan.ts';

/**
 * What a list of plans is to hold. Empty parameters count as absent, an unknown ordering as none.
 *
 * @throws HttpAnswer 400 for a level that does not exist
 */
export function parsePlanFilter(
  query: ClassPlanQuery,
): Pick<ClassPlanFilter, 'difficultyLevel' | 'search' | 'ordering'> {
  const wanted = textOf(query.difficulty_level);
  const difficultyLevel = DIFFICULTIES.find((level) => level === wanted);
  if (wanted !== undefined && difficultyLevel === undefined) {
    const text = `Select a valid choice. ${wanted} is not one of the available choices.`;
    throw invalidFields({ difficulty_level: [text] });
  }
  const search = textOf(query.search);
  const ordering = CLASS_PLAN_ORDERINGS.find(
    (name): name is ClassPlanOrdering => name === query.ordering?.trim(),
  );
  return {
    ...(difficultyLevel === undefined ? {} : { difficultyLevel }),
    ...(search === undefined ? {} : { search }),
    ...(ordering === undefined ? {} : { ordering }),
  };
}
