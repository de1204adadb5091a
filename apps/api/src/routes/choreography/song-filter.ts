import { SONG_ORDERINGS, type SongFilter, type SongOrdering } from '@bachata-buddy/database';
import { brokenRule } from '../../http/http-answer.ts';
import { isTrue, parseInteger, textOf } from '../../http/query-string.ts';
import type { SongQuery } from '../../schemas/song.ts';

/** PostgreSQL's `integer`. */
const MAX_INTEGER = 2_147_483_647;

/**
 * What a song list is to hold. Empty parameters count as absent, an unknown ordering as none.
 *
 * @throws HttpAnswer 400 for a tempo that is no number or negative
 */
export function parseSongFilter(query: SongQuery): Omit<SongFilter, 'limit' | 'offset'> {
  const genre = textOf(query.genre);
  const search = textOf(query.search);
  const bpmMin = parseBpm('bpm_min', query.bpm_min);
  const bpmMax = parseBpm('bpm_max', query.bpm_max);
  const ordering = SONG_ORDERINGS.find((name): name is SongOrdering => name === query.ordering?.trim());
  return {
    ...(genre === undefined ? {} : { genre }),
    ...(search === undefined ? {} : { search }),
    ...(bpmMin === undefined ? {} : { bpmMin }),
    ...(bpmMax === undefined ? {} : { bpmMax }),
    ...(isTrue(query.own) ? { isOwn: true } : {}),
    ...(ordering === undefined ? {} : { ordering }),
  };
}

function parseBpm(name: string, text: string | undefined): number | undefined {
  if (textOf(text) === undefined) return undefined;
  const bpm = parseInteger(text);
  if (bpm === undefined) throw brokenRule('PARAMETER_INVALID', `${name} must be a valid integer`);
  if (bpm < 0) throw brokenRule('PARAMETER_INVALID', `${name} must be a positive integer`);
  return Math.min(bpm, MAX_INTEGER);
}
