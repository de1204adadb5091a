import type { components, paths } from '@bachata-buddy/client';
import { answered } from './problem.ts';
import { client } from './session.ts';
import { upload } from './upload.ts';

/** All queries of songs begin with it. */
export const SONGS_KEY = ['songs'] as const;

export interface NewSong {
  readonly file: File;
  /** Empty: as the file's tags say. */
  readonly title: string;
  readonly artist: string;
  onProgress(share: number): void;
}

/** Brings a song of one's own, whose rights one has. @throws ApiProblem */
export function bringSong({ file, title, artist, onProgress }: NewSong) {
  const form = new FormData();
  if (title !== '') form.set('title', title);
  if (artist !== '') form.set('artist', artist);
  form.set('rights', 'true');
  // Last: what goes before it is known while it comes.
  form.set('file', file);
  const path = '/api/choreography/songs/';
  return upload<components['schemas']['SongDetail']>({ path, form, onProgress });
}

export type GridChange = NonNullable<
  paths['/api/choreography/songs/{song_id}/grid/']['patch']['requestBody']
>['content']['application/json'];

/** Says how an own song is counted; what is absent is as it was heard. @throws ApiProblem */
export function countSong(songId: number, body: GridChange) {
  const params = { path: { song_id: String(songId) } };
  return answered(client.PATCH('/api/choreography/songs/{song_id}/grid/', { params, body }));
}

/** @throws ApiProblem `SONG_NEEDED` while something needs it */
export function deleteSong(songId: number) {
  const params = { path: { song_id: String(songId) } };
  return answered(client.DELETE('/api/choreography/songs/{song_id}/', { params }));
}
