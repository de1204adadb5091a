export { describeSongs, makeSong } from './make-song.ts';
export type { SongSectionSpan } from './song-specification.ts';
