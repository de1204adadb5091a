import { foldForSearch } from '@bachata-buddy/platform';
import { DIFFICULTIES, type Difficulty, type StoredTaskResult, videoKeyOf } from '@bachata-buddy/vocabulary';
import type { JsonObject } from '../../schema/values.ts';
import type { Song } from '../catalogue/songs.ts';
import { foldMusic } from '../folded-texts.ts';
import type { Task } from '../tasks/tasks.ts';

/** What a finished task gives to the item saved from it; a result that lacks something leaves it empty. */
export function choreographyValuesOf(task: Task, song: Song | null) {
  const result = task.result ?? {};
  const musicInfo = song === null ? null : musicInfoOf(song);
  return {
    userId: task.userId,
    taskId: task.taskId,
    videoPath: videoKeyOf(result) ?? '',
    difficulty: difficultyOf(result) ?? task.difficulty ?? ('intermediate' as const),
    durationSec: finiteOr0(result.duration),
    songTitle: song?.title ?? '',
    songTitleFolded: foldForSearch(song?.title ?? ''),
    musicInfo,
    musicFolded: foldMusic(musicInfo),
    generationParameters: generationParametersOf(task),
  };
}

/** `Choreography 2025-11-09 12:34`, in UTC. */
export function defaultTitle(now = new Date()): string {
  return `Choreography ${now.toISOString().slice(0, 16).replace('T', ' ')}`;
}

function finiteOr0(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function difficultyOf(result: StoredTaskResult): Difficulty | undefined {
  return DIFFICULTIES.find((difficulty) => difficulty === result.difficulty);
}

function musicInfoOf({ id, title, artist, bpm, genre, durationSec }: Song): JsonObject {
  return { song_id: id, song: title, artist, bpm, genre, duration: durationSec };
}

/** Under the names that a blueprint uses for them. */
function generationParametersOf(task: Task): JsonObject {
  return {
    task_id: task.taskId,
    difficulty: task.difficulty,
    energy_level: task.energyLevel,
    style: task.style,
    ...(task.seed === null ? {} : { seed: task.seed }),
    ...(task.requestKind === 'ai' ? { ai_mode: true, original_query: task.query } : {}),
  };
}
