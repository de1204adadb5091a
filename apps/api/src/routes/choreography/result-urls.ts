import { EXTRA_FIELDS, type StoredTaskResult, videoKeyOf } from '@bachata-buddy/vocabulary';
import type { Playback } from '../../playback.ts';

/** What may belong to a video: the field of a stored result with its storage key, by that of an answer with its address. */
const EXTRAS = {
  captions_url: EXTRA_FIELDS.captions,
  chapters_url: EXTRA_FIELDS.chapters,
  thumbnails_url: EXTRA_FIELDS.thumbnails,
  poster_url: EXTRA_FIELDS.poster,
} as const;
type ExtraUrl = keyof typeof EXTRAS;

/** Addresses in the answer of a task; of the extras, those that there are. */
export type ResultUrls = Readonly<Partial<Record<ExtraUrl | 'video_url', string>>>;

/** A result without what is said of the files in storage. */
export function withoutKeys(result: StoredTaskResult): StoredTaskResult {
  const hidden = new Set<string>(['output_path', 'output_crc32c', ...Object.values(EXTRAS)]);
  return Object.fromEntries(Object.entries(result).filter(([field]) => !hidden.has(field)));
}

/** Addresses of this service. */
export function localUrlsOf(
  result: StoredTaskResult,
  { mediaUrlOf }: Pick<Playback, 'mediaUrlOf'>,
): ResultUrls {
  const videoKey = videoKeyOf(result);
  const video = videoKey === null ? {} : { video_url: mediaUrlOf(videoKey) };
  return {
    ...video,
    ...Object.fromEntries(extrasIn(result).map(([field, key]) => [field, mediaUrlOf(key)])),
  };
}

/**
 * Addresses of a bucket, signed afresh. Thumbnails name their sheets relative to where they are read themselves: both
 * come from this service, in whose media the sheets are.
 *
 * @throws AppError `STORAGE_FAILED` where an address could not be signed
 */
export async function signedUrlsOf(result: StoredTaskResult, playback: Playback): Promise<ResultUrls> {
  const urlOf = async (field: string, key: string): Promise<[string, string]> => {
    return [field, field === 'thumbnails_url' ? playback.mediaUrlOf(key) : await playback.urlOf(key)];
  };
  const videoKey = videoKeyOf(result);
  const keys = [...(videoKey === null ? [] : [['video_url', videoKey] as const]), ...extrasIn(result)];
  return Object.fromEntries(await Promise.all(keys.map(([field, key]) => urlOf(field, key))));
}

function extrasIn(result: StoredTaskResult): [field: ExtraUrl, key: string][] {
  return (Object.keys(EXTRAS) as ExtraUrl[]).flatMap((field) => {
    const key = result[EXTRAS[field]];
    return typeof key === 'string' ? [[field, key] as [ExtraUrl, string]] : [];
  });
}
