import type { Song } from '@bachata-buddy/database';
import { toTimestamp } from '../../http/timestamp.ts';

/** A song as lists and tasks show it. */
export function viewSong(song: Song) {
  return {
    id: song.id,
    title: song.title,
    artist: song.artist,
    duration: song.durationSec,
    bpm: song.bpm,
    genre: song.genre,
    created_at: toTimestamp(song.createdAt),
  };
}

export function viewSongDetail(song: Song) {
  return { ...viewSong(song), audio_path: song.audioPath, updated_at: toTimestamp(song.updatedAt) };
}
