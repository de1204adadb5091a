import type { components } from '@bachata-buddy/client';
import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { Level } from './levels.ts';
import { answered } from './problem.ts';
import { client } from './session.ts';
import { upload } from './upload.ts';

export type CollectionItem = components['schemas']['CollectionItem'];

/** As the API orders. */
export const COLLECTION_ORDERS = ['-created_at', 'created_at', 'title', 'duration', '-duration'] as const;

export interface CollectionFilter {
  readonly search: string;
  /** Empty: any. */
  readonly difficulty: Level | '';
  readonly ordering: (typeof COLLECTION_ORDERS)[number];
  readonly page: number;
}

/** All queries of the collection begin with it. */
export const COLLECTION_KEY = ['collection'] as const;
/** All queries of class plans, which show dances of the collection. */
export const CLASS_PLANS_KEY = ['class-plans'] as const;

/** Has whatever shows dances of the collection ask again. */
export async function refreshCollection(queries: QueryClient): Promise<void> {
  await Promise.all(
    [COLLECTION_KEY, CLASS_PLANS_KEY].map((queryKey) => queries.invalidateQueries({ queryKey })),
  );
}

export function collectionQuery({ search, difficulty, ordering, page }: CollectionFilter) {
  return queryOptions({
    queryKey: [...COLLECTION_KEY, { search, difficulty, ordering, page }],
    queryFn: ({ signal }) => {
      const query = {
        ordering,
        page: String(page),
        ...(search === '' ? {} : { search }),
        ...(difficulty === '' ? {} : { difficulty }),
      };
      return answered(client.GET('/api/collections/', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });
}

export const collectionStatsQuery = queryOptions({
  queryKey: [...COLLECTION_KEY, 'stats'],
  queryFn: ({ signal }) => answered(client.GET('/api/collections/stats/', { signal })),
});

export interface ItemChange {
  readonly title?: string;
  readonly difficulty?: Level;
  readonly notes?: string;
}

/** @throws ApiProblem */
export function changeItem(id: string, body: ItemChange) {
  return answered(client.PUT('/api/collections/{id}/', { params: { path: { id } }, body }));
}

/** @throws ApiProblem */
export function deleteItem(id: string) {
  return answered(client.DELETE('/api/collections/{id}/', { params: { path: { id } } }));
}

/** @throws ApiProblem `ALREADY_SAVED` */
export function saveTask(taskId: string, change: ItemChange = {}) {
  return answered(client.POST('/api/collections/save/', { body: { task_id: taskId, ...change } }));
}

export interface NewVideo {
  readonly file: File;
  readonly durationSec: number;
  readonly title: string;
  readonly notes: string;
  readonly difficulty: Level;
  onProgress(share: number): void;
}

/** Puts a video of one's own into the collection. @throws ApiProblem */
export function addVideo({ file, durationSec, onProgress, ...texts }: NewVideo) {
  const form = new FormData();
  for (const [name, text] of Object.entries(texts)) form.set(name, text);
  form.set('duration', String(durationSec));
  // Last: what goes before it is known while it comes.
  form.set('video_path', file);
  return upload<CollectionItem>({ path: '/api/collections/', form, onProgress });
}
