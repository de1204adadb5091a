/** What becomes of a song that a user brings: it is listened to, then danced to, or it says why not. */
export const SONG_STATUSES = ['analysing', 'ready', 'failed'] as const;
export type SongStatus = (typeof SONG_STATUSES)[number];
