import type { components } from '@bachata-buddy/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answered } from './problem.ts';
import { client } from './session.ts';

export type Song = components['schemas']['Song'];

/** As the API orders. */
export const SONG_ORDERS = ['title', 'artist', 'bpm', '-bpm', '-created_at'] as const;

export interface SongFilter {
  readonly search: string;
  readonly ordering: (typeof SONG_ORDERS)[number];
  readonly tempo: 'any' | 'slow' | 'medium' | 'fast';
  readonly page: number;
}

/** What is shown of them before anybody has asked for anything else. */
export const FIRST_SONGS: SongFilter = { search: '', ordering: 'title', tempo: 'any', page: 1 };

const LISTENING_POLL_MS = 2_000;

/** Whole beats a minute of what dancers call slow, medium and fast bachata. */
const TEMPI: Readonly<Record<SongFilter['tempo'], { readonly bpm_min?: string; readonly bpm_max?: string }>> =
  {
    any: {},
    slow: { bpm_max: '119' },
    medium: { bpm_min: '120', bpm_max: '134' },
    fast: { bpm_min: '135' },
  };

/** The songs that one may dance to. */
export function songsQuery({ search, ordering, tempo, page }: SongFilter) {
  return queryOptions({
    queryKey: ['songs', { search, ordering, tempo, page }],
    queryFn: ({ signal }) => {
      const query = { ordering, page: String(page), ...TEMPI[tempo], ...(search === '' ? {} : { search }) };
      return answered(client.GET('/api/choreography/songs/', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
    // Until all that somebody has brought has been listened to.
    refetchInterval: ({ state }) =>
      state.data?.results.some(({ status }) => status === 'analysing') === true ? LISTENING_POLL_MS : false,
  });
}

/** Some seconds of a song to listen to. @throws ApiProblem where it cannot be heard */
export function songSample(songId: number): Promise<Blob> {
  const params = { path: { song_id: String(songId) } };
  return answered(client.GET('/api/choreography/songs/{song_id}/sample/', { params, parseAs: 'blob' }));
}
