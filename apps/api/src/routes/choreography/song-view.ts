import type { Song } from '@bachata-buddy/database';
import type { SongAnalysis } from '@bachata-buddy/music';
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
    ...viewOwnership(song),
  };
}

/** Of a song of the caller's own, which nobody else is shown. */
function viewOwnership({ ownerId, status, failure }: Song) {
  if (ownerId === null) return {};
  return { is_own: true, status, ...(failure === null ? {} : { failure }) };
}

/** @param analysis Null where nobody has listened to the song yet; then the view has no such field. */
export function viewSongDetail(song: Song, analysis: SongAnalysis | null) {
  return {
    ...viewSong(song),
    audio_path: song.audioPath,
    updated_at: toTimestamp(song.updatedAt),
    ...(analysis === null ? {} : { analysis: viewAnalysis(song, analysis) }),
  };
}

function viewAnalysis(song: Song, { tempoBpm, timeSignature, eights, confidence }: SongAnalysis) {
  const { tempo, beat, downbeat, eight } = confidence;
  return {
    tempo_bpm: tempoBpm,
    time_signature: timeSignature,
    is_corrected: song.gridChange !== null,
    eights: [...eights],
    confidence: { tempo, beat, downbeat, eight },
  };
}
