import Type, { type Static } from 'typebox';
import { type ExtraKeys, withoutDataPrefix } from './storage-keys.ts';

/** Under this path the service serves what storage has. */
export const MEDIA_PATH = '/media/';

/** Of a result, what every client sees, under the names and in the order that the API document gives. */
export const SHOWN_RESULT_FIELDS = {
  video_url: Type.String({ examples: ['/media/output/choreography_abc-123-def-456.mp4'] }),
  duration: Type.Number({ description: 'Seconds', examples: [227.18] }),
  file_size: Type.Integer({ description: 'Bytes', examples: [36_992_903] }),
  num_moves: Type.Integer({ examples: [29] }),
  difficulty: Type.String({ examples: ['intermediate'] }),
};

/** Of a result, the storage keys of what belongs to the video. */
export const EXTRA_FIELDS = {
  captions: 'captions_path',
  chapters: 'chapters_path',
  thumbnails: 'thumbnails_path',
  poster: 'poster_path',
} as const satisfies Readonly<Record<keyof ExtraKeys, string>>;

/** What a completed task has resulted in, as its job writes it into the row. */
export const TaskResultSchema = Type.Object({
  ...SHOWN_RESULT_FIELDS,
  /** Null where neither the document nor the row says. */
  difficulty: Type.Union([Type.String(), Type.Null()]),
  /** Storage key of the video. */
  output_path: Type.String(),
  /** Of the video, in base64; absent where the store knows none. */
  output_crc32c: Type.Optional(Type.String()),
  /** Of what belongs to the video, where there is such. */
  [EXTRA_FIELDS.captions]: Type.Optional(Type.String()),
  [EXTRA_FIELDS.chapters]: Type.Optional(Type.String()),
  [EXTRA_FIELDS.thumbnails]: Type.Optional(Type.String()),
  [EXTRA_FIELDS.poster]: Type.Optional(Type.String()),
});

export type TaskResult = Static<typeof TaskResultSchema>;

/** A result as it is read: rows that another version wrote may lack a field, and have others. */
export type StoredTaskResult = Readonly<Partial<TaskResult>> & Readonly<Record<string, unknown>>;

/** Where a result's video lies in storage; null where the result names none. */
export function videoKeyOf({
  output_path: outputPath,
  video_url: videoUrl,
}: StoredTaskResult): string | null {
  if (typeof outputPath === 'string') return withoutDataPrefix(outputPath);
  if (typeof videoUrl === 'string' && videoUrl.startsWith(MEDIA_PATH))
    return videoUrl.slice(MEDIA_PATH.length);
  return null;
}
