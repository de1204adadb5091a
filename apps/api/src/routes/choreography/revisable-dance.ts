import {
  type Blueprint,
  type MoveToBuild,
  plannedMovesOf,
  validateBlueprint,
} from '@bachata-buddy/blueprint';
import type { ChoreographyRequest, Excerpt } from '@bachata-buddy/choreography';
import { type Database, findBlueprint, type Song, type TaskWithSong } from '@bachata-buddy/database';
import { requestOfTask } from '../../generate/request-of-task.ts';
import { withStandingRefusals } from '../../generate/standing-refusals.ts';
import { brokenRule } from '../../http/http-answer.ts';

/** What a task has made so far, as the planner goes on with it. */
export interface RevisableDance {
  readonly song: Song;
  readonly blueprint: Blueprint;
  readonly moves: readonly MoveToBuild[];
  readonly excerpt: Excerpt;
  /** What it was asked for, without what its author never wants. */
  readonly request: ChoreographyRequest;
}

const OF_ORIGINAL = 'This task is a practice version. Change its original, and ask for a version of that.';

/** What the task has made so far. @throws HttpAnswer 400 where that is nothing to revise */
export async function loadDance(database: Database, task: TaskWithSong): Promise<RevisableDance> {
  if (task.originalTaskId !== null) throw brokenRule('NOT_REVISABLE', OF_ORIGINAL);
  const stored = await findBlueprint(database, task.taskId);
  if (stored === null) throw brokenRule('NOT_REVISABLE', 'This task has no blueprint to revise.');
  if (task.song === null) throw brokenRule('NOT_REVISABLE', 'The song of this task is no longer there.');
  const isSound = validateBlueprint(stored.blueprint).length === 0;
  const blueprint = stored.blueprint as Blueprint;
  const moves = isSound ? plannedMovesOf(blueprint) : null;
  if (moves === null)
    throw brokenRule('NOT_REVISABLE', 'This blueprint was not planned here and cannot be revised.');
  const asked = requestOfTask(task, blueprint);
  const request = await withStandingRefusals(database, asked, task.userId);
  return { song: task.song, blueprint, moves, excerpt: excerptIn(blueprint), request };
}

/** What of its song a document dances. */
function excerptIn({ output_config: output, total_duration: durationSec }: Blueprint): Excerpt {
  const { song_start: startSec = 0, song_fade_out: fadeOutSec = 0 } = output;
  return { startSec, endSec: startSec + durationSec, fadeOutSec };
}
