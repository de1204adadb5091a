import type { SavedChoreography } from '@bachata-buddy/database';
import { toTimestamp } from '../../http/timestamp.ts';
import type { Playback } from '../../playback.ts';

/**
 * An item of a collection as clients see it, with the address where its video plays now.
 *
 * @throws AppError `STORAGE_FAILED` where the address could not be signed
 */
export async function viewItem(item: SavedChoreography, playback: Playback) {
  return {
    id: item.id,
    title: item.title,
    video_path: item.videoPath === '' ? null : await playback.urlOf(item.videoPath),
    difficulty: item.difficulty,
    duration: item.durationSec,
    notes: item.notes,
    song_title: item.songTitle,
    music_info: item.musicInfo,
    generation_parameters: item.generationParameters,
    created_at: toTimestamp(item.createdAt),
    task_id: item.taskId,
    ...(item.thumbnailPath === null ? {} : { poster_url: await playback.urlOf(item.thumbnailPath) }),
  };
}
