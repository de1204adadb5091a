import type { SavedChoreography } from '@bachata-buddy/database';
import { toTimestamp } from '../../http/timestamp.ts';

/** An item of a collection as clients see it. */
export function viewItem(item: SavedChoreography) {
  return {
    id: item.id,
    title: item.title,
    video_path: item.videoPath === '' ? null : `/media/${item.videoPath}`,
    difficulty: item.difficulty,
    duration: item.durationSec,
    notes: item.notes,
    song_title: item.songTitle,
    music_info: item.musicInfo,
    generation_parameters: item.generationParameters,
    created_at: toTimestamp(item.createdAt),
    task_id: item.taskId,
  };
}
