import type { components, paths } from '@bachata-buddy/client';
import { answered } from './problem.ts';
import { client } from './session.ts';

type BodyOf<Path extends keyof paths> = paths[Path] extends {
  post: { requestBody?: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

export type Wishes = components['schemas']['Wishes'];
export type SongRequest = BodyOf<'/api/choreography/generate-from-song'>;
export type SentenceRequest = BodyOf<'/api/choreography/generate-with-ai'>;
export type Understood = Awaited<ReturnType<typeof understand>>;

/** What a dance does not meet of what was asked for. */
export interface OpenWish {
  readonly wish: string;
  readonly reason: string;
}

export interface Started {
  readonly task_id: string;
  readonly open_wishes?: readonly OpenWish[] | undefined;
}

/** What the API understands of a sentence. @throws ApiProblem */
export function understand(query: string) {
  return answered(client.POST('/api/choreography/parse-query/', { body: { query } }));
}

/** @param key the same for each try of one wish, so that no dance is made twice. @throws ApiProblem */
export function danceToSong(body: SongRequest, key: string): Promise<Started> {
  const params = { header: { 'idempotency-key': key } };
  return answered(client.POST('/api/choreography/generate-from-song', { params, body }));
}

/** @param key as of {@link danceToSong}. @throws ApiProblem */
export function danceToSentence(body: SentenceRequest, key: string): Promise<Started> {
  const params = { header: { 'idempotency-key': key } };
  return answered(client.POST('/api/choreography/generate-with-ai', { params, body }));
}
