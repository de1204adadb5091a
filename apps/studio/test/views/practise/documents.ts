import type { Blueprint } from '@bachata-buddy/blueprint/reading';

export const CLIP_SEC = 10;

type Move = Partial<Blueprint['moves'][number]>;

/** Moves of four seconds and eight counts, one behind the other, where they do not say otherwise. */
export function blueprintOf(
  moves: readonly Move[],
  output: Partial<Blueprint['output_config']> = {},
): Blueprint {
  const laid = moves.map((move, index) => ({
    clip_id: `move_${index + 1}`,
    video_path: `clips/${index}.mp4`,
    move_name: `Move ${index}`,
    start_time: 4 * index,
    duration: 4,
    counts: 8,
    trim_start: 1,
    original_duration: CLIP_SEC,
    transition_type: 'cut' as const,
    ...move,
  }));
  const last = laid.at(-1);
  return {
    task_id: '1',
    audio_path: 'songs/a.mp3',
    moves: laid,
    total_duration: (last?.start_time ?? 0) + (last?.duration ?? 4),
    output_config: { output_path: 'output/choreography_1.mp4', ...output },
  };
}
