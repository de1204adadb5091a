/** What documents of the API write in front of a storage key; it is no part of the key. */
export const DATA_PREFIX = 'data/';

export function withoutDataPrefix(path: string): string {
  return path.startsWith(DATA_PREFIX) ? path.slice(DATA_PREFIX.length) : path;
}

/** Finished videos and what belongs to them; all else is media. */
export const OUTPUT_PREFIX = 'output/';
/** Among them, videos that users brought. */
export const UPLOAD_PREFIX = `${OUTPUT_PREFIX}uploads/`;
/** Songs as they were brought in. */
export const SONG_PREFIX = 'songs/';
/** Among them, songs that users brought, each in a folder of its own with what is made of it. */
export const OWN_SONG_PREFIX = `${SONG_PREFIX}own/`;
/** Clips as they were brought in. */
export const CLIP_PREFIX = 'Bachata_steps/';
/** Clips and songs in the house format, and what belongs to them. */
export const PREPARED_CLIP_PREFIX = 'prepared/clips/';
export const PREPARED_SONG_PREFIX = 'prepared/songs/';

/**
 * Where a song of a user's own lies.
 *
 * @param id a UUID, which says nothing of the user
 * @param ending `.mp3`
 */
export function ownSongKey(id: string, ending: string): string {
  return `${OWN_SONG_PREFIX}${id}/song${ending}`;
}

/** Where the listening sample of a user's own song lies: beside it, so that whatever becomes of the song becomes of it. */
export function ownSampleKey(songKey: string): string {
  return songKey.replace(/[^/]+$/, 'sample.m4a');
}

/** Where a task's video comes to lie. */
export function outputKeyOfTask(taskId: string): string {
  return `${OUTPUT_PREFIX}choreography_${taskId}.mp4`;
}

/** Where what belongs to a video lies. */
export interface ExtraKeys {
  readonly captions: string;
  readonly chapters: string;
  readonly thumbnails: string;
  readonly poster: string;
}

/** Beside the video, so that whatever becomes of it by its name becomes of them. */
export function extraKeys(videoKey: string): ExtraKeys {
  const stem = videoKey.replace(/\.mp4$/, '');
  return {
    captions: `${stem}.vtt`,
    chapters: `${stem}.chapters.vtt`,
    thumbnails: `${stem}.thumbnails.vtt`,
    poster: `${stem}.jpg`,
  };
}
