import type { Blueprint } from '@bachata-buddy/blueprint';
import type { ChoreographyRequest } from '@bachata-buddy/choreography';
import type { TaskWithSong } from '@bachata-buddy/database';

/** What the dance was asked for; a sentence counts as one wish. */
export function requestOfTask(task: TaskWithSong, { seed }: Blueprint): ChoreographyRequest {
  return {
    difficulty: task.difficulty ?? 'intermediate',
    energyLevel: task.energyLevel ?? 'medium',
    style: task.style ?? 'modern',
    specialRequirements: task.query === null ? [] : [task.query],
    ...(task.query === null ? {} : { query: task.query }),
    seed: seed ?? task.seed ?? 0,
  };
}
