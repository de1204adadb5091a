import type { Difficulty, EnergyLevel, Style } from '@bachata-buddy/vocabulary';
import type { Move } from '../move.ts';

/** Exact conditions on a move; an absent one lets every move through. */
export interface MoveFilters {
  readonly difficulty?: Difficulty | undefined;
  readonly energyLevel?: EnergyLevel | undefined;
  readonly style?: Style | undefined;
}

/** A filter by its name in requests and blueprints. */
export type FilterName = 'difficulty' | 'energy_level' | 'style';

export function passesFilters(move: Move, filters: MoveFilters): boolean {
  return (
    (filters.difficulty === undefined || move.difficulty === filters.difficulty) &&
    (filters.energyLevel === undefined || move.energyLevel === filters.energyLevel) &&
    (filters.style === undefined || move.style === filters.style)
  );
}

/** The filters a move does not meet, in the order in which they are given up. */
export function failedFilters(move: Move, filters: MoveFilters): FilterName[] {
  const failed: FilterName[] = [];
  if (!passesFilters(move, { energyLevel: filters.energyLevel })) failed.push('energy_level');
  if (!passesFilters(move, { style: filters.style })) failed.push('style');
  if (!passesFilters(move, { difficulty: filters.difficulty })) failed.push('difficulty');
  return failed;
}
