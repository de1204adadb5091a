import { type ResolvedBlueprint, resolveBlueprint } from '@bachata-buddy/blueprint';

/** A document of which everything that matters to extras can be said. */
export interface ExtrasDocument {
  readonly moves: readonly Readonly<Record<string, unknown>>[];
  readonly totalSec: number;
  readonly outputKey?: string;
}

/** Moves of four seconds, one behind the other, where they do not say otherwise. */
export function blueprintOf({
  moves,
  totalSec,
  outputKey = 'output/choreography_1.mp4',
}: ExtrasDocument): ResolvedBlueprint {
  return resolveBlueprint({
    task_id: '1',
    audio_path: 'songs/a.mp3',
    total_duration: totalSec,
    output_config: { output_path: outputKey },
    moves: moves.map((move, index) => ({
      clip_id: `move_${index + 1}`,
      video_path: 'clips/a.mp4',
      start_time: 4 * index,
      duration: 4,
      ...move,
    })),
  });
}
