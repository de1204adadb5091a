import type { Blueprint } from '@bachata-buddy/blueprint';
import type { ChoreographyRequest } from '@bachata-buddy/choreography';
import type { TaskWithSong } from '@bachata-buddy/database';
import { storedWishes } from './wishes-document.ts';

/** What the dance was asked for, as it was understood then; of a document that does not say it, what its sentence says. */
export function requestOfTask(task: TaskWithSong, blueprint: Blueprint): ChoreographyRequest {
  const { seed, generation_parameters: parameters = {} } = blueprint;
  const { special_requirements: requirements, wishes } = parameters;
  const isKnown = Array.isArray(requirements) && requirements.every((text) => typeof text === 'string');
  // What was to be danced of the song is what the document dances.
  const { extent: _danced, ...wished } = storedWishes(wishes) ?? {};
  return {
    difficulty: task.difficulty ?? 'intermediate',
    energyLevel: task.energyLevel ?? 'medium',
    style: task.style ?? 'modern',
    specialRequirements: isKnown ? requirements : task.query === null ? [] : [task.query],
    ...wished,
    ...(task.query === null ? {} : { query: task.query }),
    seed: seed ?? task.seed ?? 0,
  };
}
