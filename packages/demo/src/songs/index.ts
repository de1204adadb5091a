export { describeSongs, makeSong } from './make-song.ts';
export type { SongSectionLabel, SongSectionSpan, SongSpecification } from './song-specification.ts';
