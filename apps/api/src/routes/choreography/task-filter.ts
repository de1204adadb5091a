import { TASK_ORDERINGS, type TaskFilter, type TaskOrdering } from '@bachata-buddy/database';
import { TASK_STATUSES, type TaskStatus } from '@bachata-buddy/vocabulary';
import { brokenRule } from '../../http/http-answer.ts';
import { MAX_ROW_ID } from '../../http/path-ids.ts';
import { parseInteger, textOf } from '../../http/query-string.ts';
import type { TaskQuery } from '../../schemas/task.ts';

export const UNKNOWN_STATUS = `Invalid status. Must be one of: ${TASK_STATUSES.join(', ')}`;
const NO_SONG_ID = 'song_id must be a valid integer';

/**
 * What a list of tasks is to hold. Empty parameters count as absent, an unknown ordering as none.
 *
 * @throws HttpAnswer 400 for a status that does not exist, or a song's id that is no number
 */
export function parseTaskFilter(query: TaskQuery): Omit<TaskFilter, 'userId' | 'limit' | 'offset'> {
  const status = parseStatus(query.status);
  const songId = parseSongId(query.song_id);
  const [difficulty, style, search] = [query.difficulty, query.style, query.search].map(textOf);
  const ordering = TASK_ORDERINGS.find((name): name is TaskOrdering => name === query.ordering?.trim());
  return {
    ...(status === undefined ? {} : { status }),
    ...(songId === undefined ? {} : { songId }),
    ...(difficulty === undefined ? {} : { difficulty }),
    ...(style === undefined ? {} : { style }),
    ...(search === undefined ? {} : { search }),
    ...(ordering === undefined ? {} : { ordering }),
  };
}

function parseStatus(text: string | undefined): TaskStatus | undefined {
  const wanted = textOf(text);
  if (wanted === undefined) return undefined;
  const status = TASK_STATUSES.find((name) => name === wanted);
  if (status === undefined) throw brokenRule('PARAMETER_INVALID', UNKNOWN_STATUS);
  return status;
}

function parseSongId(text: string | undefined): number | undefined {
  if (textOf(text) === undefined) return undefined;
  const id = parseInteger(text);
  if (id === undefined) throw brokenRule('PARAMETER_INVALID', NO_SONG_ID);
  // No song has one beyond that, or below.
  return Math.abs(id) > MAX_ROW_ID ? 0 : id;
}
