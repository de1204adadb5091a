import { SONG_ORDERINGS, type SongFilter, type SongOrdering } from '@bachata-buddy/database';
import { brokenRule } from '../../http/http-answer.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../../http/pagination.ts';
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
    ...(ordering === undefined ? {} : { ordering }),
  };
}

/** @throws HttpAnswer 400 for what is no number or above 100; zero and less mean the default */
export function parseSongPageSize(text: string | undefined): number {
  if (textOf(text) === undefined) return DEFAULT_PAGE_SIZE;
  const size = parseInteger(text);
  if (size === undefined) throw brokenRule(400, 'page_size must be a valid integer');
  if (size > MAX_PAGE_SIZE) throw brokenRule(400, `page_size cannot exceed ${MAX_PAGE_SIZE}`);
  return size <= 0 ? DEFAULT_PAGE_SIZE : size;
}

function parseBpm(name: string, text: string | undefined): number | undefined {
  if (textOf(text) === undefined) return undefined;
  const bpm = parseInteger(text);
  if (bpm === undefined) throw brokenRule(400, `${name} must be a valid integer`);
  if (bpm < 0) throw brokenRule(400, `${name} must be a positive integer`);
  return Math.min(bpm, MAX_INTEGER);
}

function parseInteger(text: string | undefined): number | undefined {
  return /^\s*[+-]?\d+\s*$/.test(text ?? '') ? Number(text) : undefined;
}

function textOf(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}
