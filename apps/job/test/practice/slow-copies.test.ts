import { type Blueprint, practiceVersionOf, resolveBlueprint } from '@bachata-buddy/blueprint';
import t from 'tap';
import { planPieces } from '../../src/render/copied/plan-pieces.ts';

/** Every count of 15 pictures. */
const KEYFRAMES = Array.from({ length: 40 }, (_, n) => 15 * n);
const CLIPS = new Map([['a.mp4', { frameCount: 600, keyframes: KEYFRAMES }]]);

/** The slowest and the fastest that the planner plays a clip, on its counts. */
const RATES = [0.8, 1.25, 1];

t.test('a slower version shows the same pictures, each of them longer, and encodes none', async (t) => {
  const blueprint: Blueprint = {
    task_id: 'one',
    audio_path: 'song.mp3',
    total_duration: 12,
    moves: RATES.map((rate, index) => ({
      clip_id: `move_${index}`,
      video_path: 'a.mp4',
      start_time: 4 * index,
      duration: 4,
      transition_type: 'cut',
      trim_start: 0.5 * index,
      playback_rate: rate,
    })),
    output_config: { output_path: 'output/one.mp4' },
  };
  for (const speed of [0.75, 0.85]) {
    const made = { taskId: 'two', generatedAt: new Date(), version: { kind: 'slow', speed } } as const;
    const pieces = planPieces(resolveBlueprint(practiceVersionOf(blueprint, made)), CLIPS);
    t.strictSame(
      pieces.map(({ kind }) => kind),
      ['copy', 'copy', 'copy'],
    );
    for (const [index, piece] of pieces.entries()) {
      if (piece.kind !== 'copy') continue;
      const rate = RATES[index]!;
      t.strictSame([piece.firstFrame, piece.durationTicks.length], [15 * index, 4 * rate * 30]);
      // 3,000 ticks at its own speed; a tick more or less is rounding.
      t.ok(piece.durationTicks.every((ticks) => Math.abs(ticks - 3_000 / rate / speed) <= 2));
    }
  }
});
