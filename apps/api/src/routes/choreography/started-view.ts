import type { Song } from '@bachata-buddy/database';

/** The answer to an accepted generation. */
export function viewStarted(taskId: string, song: Pick<Song, 'id' | 'title' | 'artist'>) {
  return {
    task_id: taskId,
    song: { id: song.id, title: song.title, artist: song.artist },
    status: 'started',
    message: 'Choreography generation started',
    poll_url: `/api/choreography/tasks/${taskId}`,
  };
}
