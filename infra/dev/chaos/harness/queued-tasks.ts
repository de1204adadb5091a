import { randomUUID } from 'node:crypto';
import { hashBlueprint, parseBlueprint } from '@bachata-buddy/blueprint';
import { createTask, type Database, storeBlueprintAndOrderLaunch } from '@bachata-buddy/database';
import { outputKeyOfTask } from '@bachata-buddy/vocabulary';
import { CLIP_KEY, CLIP_SEC, SONG_KEY } from './cloud-scene.ts';

/** Of each move: twelve frames. */
export const MOVE_SEC = 0.4;
/** A reason for a move as a talkative planner gives it: with it a move takes some 600 bytes. */
const REASON =
  'It fits the energy of the phrase, flows out of the move before it and was not shown for a while; ' +
  'the basic step gives both partners time to breathe before the chorus, and turns are kept for that. ' +
  'The one before ended on the seventh count, with the weight on the left foot, as this one begins.';

export interface QueuedTaskOptions {
  readonly userId: number;
  /** Default: a new one. */
  readonly taskId?: string;
  /** Default 1. */
  readonly moveCount?: number;
}

/** A task as planning leaves it behind, with its blueprint and launch order. @returns its id */
export async function queueTask(
  db: Database,
  { userId, taskId = randomUUID(), moveCount = 1 }: QueuedTaskOptions,
): Promise<string> {
  await createTask(db, { taskId, userId, requestKind: 'song', stage: 'generating_blueprint', message: '' });
  const blueprint = parseBlueprint(documentOf(taskId, moveCount));
  await storeBlueprintAndOrderLaunch(db, { taskId, blueprint, sha256: hashBlueprint(blueprint) });
  return taskId;
}

function documentOf(taskId: string, moveCount: number): object {
  return {
    schema_version: '1.1',
    task_id: taskId,
    audio_path: SONG_KEY,
    moves: Array.from({ length: moveCount }, (_, index) => ({
      clip_id: `move_${index + 1}`,
      video_path: CLIP_KEY,
      start_time: Number((index * MOVE_SEC).toFixed(3)),
      duration: MOVE_SEC,
      transition_type: 'cut',
      original_duration: CLIP_SEC,
      trim_start: 0,
      trim_end: CLIP_SEC - MOVE_SEC,
      volume_adjustment: 1,
      playback_rate: 1,
      move_id: `basic-${index + 1}`,
      move_name: `Basic step ${index + 1}`,
      move_label: 'basic',
      counts: 4,
      section: 'verse',
      reason: REASON,
    })),
    total_duration: Number((moveCount * MOVE_SEC).toFixed(3)),
    output_config: { output_path: outputKeyOfTask(taskId), add_audio_overlay: false },
  };
}
