/**
 * How a song is brought in: what is heard in its file and made of it, for whoever takes files in (ingest, and the API for
 * its users).
 */
export { drawSong, hearSong, type SongToHear } from './hear-song.ts';
export {
  ensureSample,
  isSongPrepared,
  preparedKeysOf,
  prepareSong,
} from './prepare-song.ts';
export { contentTypeOf, endingOf, SONG_ENDINGS, SONG_NAMES, stemOf, wordsOfSong } from './song-words.ts';
export { usualSoundKey } from './usual-sound.ts';
