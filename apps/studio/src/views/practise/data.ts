import type { Blueprint } from '@bachata-buddy/blueprint/reading';
import type { components } from '@bachata-buddy/client';
import { queryOptions, replaceEqualDeep } from '@tanstack/react-query';
import { answered } from '../../api/problem.ts';
import { client } from '../../api/session.ts';
import type { Task } from '../../api/tasks.ts';
import { type Edits, requestedEdits } from './logic/edits.ts';
import { refusalOfEdits } from './logic/refusal.ts';

export type { Task };
export type TaskMedia = components['schemas']['TaskMedia'];
export type Alternative = components['schemas']['MoveAlternatives']['alternatives'][number];

/** It is never written again. */
export const blueprintQuery = (taskId: string) =>
  queryOptions({
    queryKey: ['blueprint', taskId],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) =>
      // The service has checked it; its type in the API's document is looser than what it is.
      (await answered(
        client.GET('/api/choreography/tasks/{task_id}/blueprint/', { params: pathOf(taskId), signal }),
      )) as Blueprint,
  });

export const waveformQuery = (songId: number) =>
  queryOptions({
    queryKey: ['waveform', songId],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      answered(
        client.GET('/api/choreography/songs/{song_id}/waveform/', {
          params: { path: { song_id: String(songId) } },
          signal,
        }),
      ),
  });

export const alternativesQuery = (taskId: string, index: number) =>
  queryOptions({
    queryKey: ['alternatives', taskId, index],
    staleTime: untilExpiry,
    refetchInterval: untilExpiry,
    queryFn: ({ signal }) =>
      answered(
        client.GET('/api/choreography/tasks/{task_id}/moves/{index}/alternatives/', {
          params: { path: { task_id: taskId, index: String(index) } },
          signal,
        }),
      ),
  });

export interface PreviewDocument {
  /** What it was made with: while another preview is on its way, these are not the newest ones. */
  readonly edits: Edits;
  readonly blueprint: Blueprint;
  readonly media: TaskMedia;
}

/** What the edits would make. */
export const previewQuery = (taskId: string, edits: Edits) =>
  queryOptions({
    queryKey: ['preview', taskId, requestedEdits(edits)],
    staleTime: untilMediaExpire,
    refetchInterval: untilMediaExpire,
    structuralSharing: withSameDance,
    queryFn: async ({ signal }) => {
      const request = client.POST('/api/choreography/tasks/{task_id}/revise/', {
        params: { ...pathOf(taskId), query: { preview: '1' } },
        body: { edits: requestedEdits(edits) },
        signal,
      });
      const looked = request.then((outcome) => {
        const refusal = refusalOfEdits(outcome.response.status, outcome.error);
        if (refusal !== undefined) throw refusal;
        return outcome;
      });
      return { ...((await answered(looked)) as Omit<PreviewDocument, 'edits'>), edits };
    },
  });

/** What a dance is played from as long as it has no video. */
export const mediaQuery = (taskId: string) =>
  queryOptions({
    queryKey: ['media', taskId],
    staleTime: untilExpiry,
    refetchInterval: untilExpiry,
    queryFn: ({ signal }) =>
      answered(client.GET('/api/choreography/tasks/{task_id}/media/', { params: pathOf(taskId), signal })),
  });

/** Begins the rendering of the dance with the edits. @returns the id of the new task */
export async function revise(taskId: string, edits: Edits, key: string): Promise<string> {
  const body = { edits: requestedEdits(edits) };
  const params = { ...pathOf(taskId), header: { 'idempotency-key': key } };
  const started = await answered(client.POST('/api/choreography/tasks/{task_id}/revise/', { params, body }));
  return 'task_id' in started && typeof started.task_id === 'string' ? started.task_id : '';
}

/** Renders a video again that has expired. @throws ApiProblem `VIDEO_STILL_THERE` where it is not gone */
export function renderAgain(taskId: string, key: string): Promise<Task> {
  const params = { ...pathOf(taskId), header: { 'idempotency-key': key } };
  return answered(client.POST('/api/choreography/tasks/{task_id}/render/', { params }));
}

/** Other tasks of the same song: revisions are among them. */
export const kinQuery = (songId: number) =>
  queryOptions({
    queryKey: ['tasks', 'of-song', songId],
    queryFn: ({ signal }) =>
      answered(
        client.GET('/api/choreography/tasks/', {
          params: { query: { song_id: String(songId), details: 'true', page_size: '100' } },
          signal,
        }),
      ),
  });

export type PracticeVersion =
  | { readonly kind: 'slow'; readonly speed: number }
  | { readonly kind: 'mirrored' };

/** Asks for a practice version; one that there is already is the answer. @returns the id of its task */
export async function makeVersion(taskId: string, body: PracticeVersion): Promise<string> {
  const request = client.POST('/api/choreography/tasks/{task_id}/versions/', {
    params: pathOf(taskId),
    body,
  });
  return (await answered(request)).task_id;
}

/** The practice sheet, as a page of its own. */
export async function fetchSheet(taskId: string): Promise<string> {
  const request = client.GET('/api/choreography/tasks/{task_id}/sheet/', {
    params: pathOf(taskId),
    parseAs: 'text',
  });
  return (await answered(request)) as string;
}

function pathOf(taskId: string) {
  return { path: { task_id: taskId } };
}

/** The same dance is the same document, though it says that it was made later. */
function withSameDance(before: unknown, after: unknown): unknown {
  const known = before as PreviewDocument | undefined;
  const shared = replaceEqualDeep(known, after as PreviewDocument);
  if (known === undefined || shared.blueprint.moves !== known.blueprint.moves) return shared;
  return { ...shared, blueprint: known.blueprint };
}

interface Fetched<Data> {
  readonly state: { readonly data: Data | undefined; readonly dataUpdatedAt: number };
}

function untilExpiry({ state }: Fetched<{ readonly expires_at: string }>): number {
  return lifetimeMs(state.dataUpdatedAt, state.data?.expires_at);
}

function untilMediaExpire({ state }: Fetched<PreviewDocument>): number {
  return lifetimeMs(state.dataUpdatedAt, state.data?.media.expires_at);
}

/** Addresses are asked for anew a little before they end. */
const EXPIRES_EARLY_MS = 60_000;
/** However short they last, by a clock of here that may be wrong. */
const LEAST_LIFETIME_MS = 5_000;

function lifetimeMs(fetchedAtMs: number, expiresAt: string | undefined): number {
  if (expiresAt === undefined) return 0;
  const lifetime = Date.parse(expiresAt) - fetchedAtMs;
  return Math.max(LEAST_LIFETIME_MS, lifetime - Math.min(EXPIRES_EARLY_MS, lifetime / 4));
}
