/** Nobody dances to more, and a process that listens to it holds all of it in memory. */
export const MAX_OWN_SONG_SEC = 15 * 60;
