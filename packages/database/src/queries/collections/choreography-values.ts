import { foldForSearch } from '@bachata-buddy/platform';
import {
  DIFFICULTIES,
  type Difficulty,
  EXTRA_FIELDS,
  type StoredTaskResult,
  videoKeyOf,
} from '@bachata-buddy/vocabulary';
import type { JsonObject } from '../../schema/values.ts';
import type { Song } from '../catalogue/songs.ts';
import { foldMusic } from '../folded-texts.ts';
import type { Task } from '../tasks/tasks.ts';

const MAX_TITLE_LENGTH = 200;

/**
 * What a finished task gives to the item saved from it; a result that lacks something leaves it empty.
 *
 * @param given the level that its owner says; default: that of the result, of the task, `intermediate`
 */
export function choreographyValuesOf(task: Task, song: Song | null, given?: Difficulty | undefined) {
  const result = task.result ?? {};
  const difficulty = given ?? difficultyOf(result) ?? task.difficulty ?? ('intermediate' as const);
  const title = defaultTitle(song, difficulty);
  const musicInfo = song === null ? null : musicInfoOf(song);
  return {
    userId: task.userId,
    title,
    titleFolded: foldForSearch(title),
    thumbnailPath: posterKeyOf(result),
    taskId: task.taskId,
    videoPath: videoKeyOf(result) ?? '',
    difficulty,
    durationSec: finiteOr0(result.duration),
    songTitle: song?.title ?? '',
    songTitleFolded: foldForSearch(song?.title ?? ''),
    musicInfo,
    musicFolded: foldMusic(musicInfo),
    generationParameters: generationParametersOf(task),
  };
}

/** `Suegra - Intermediate`, of a task whose song is not known any more `Bachata - Intermediate`. */
function defaultTitle(song: Song | null, difficulty: Difficulty): string {
  const level = `${difficulty.charAt(0).toUpperCase()}${difficulty.slice(1)}`;
  const ending = ` - ${level}`;
  // Characters are counted as the column counts them.
  const beginning = [...(song?.title ?? 'Bachata')].slice(0, MAX_TITLE_LENGTH - ending.length);
  return `${beginning.join('').trim()}${ending}`;
}

function posterKeyOf(result: StoredTaskResult): string | null {
  const key = result[EXTRA_FIELDS.poster];
  return typeof key === 'string' ? key : null;
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
