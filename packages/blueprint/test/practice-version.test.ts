import t from 'tap';
import { BlueprintError, type PracticeVersion, parseBlueprint, practiceVersionOf } from '../src/index.ts';
import { document, EXAMPLE_NAMES } from './support/documents.ts';

const MADE = { taskId: 'new', generatedAt: new Date('2026-01-01T00:00:00Z') };
const make = (from: unknown, version: PracticeVersion) =>
  practiceVersionOf(parseBlueprint(from), { ...MADE, version });

t.test('every example can be mirrored and slowed, and stays valid', async (t) => {
  for (const name of EXAMPLE_NAMES) {
    for (const version of [
      { kind: 'slow', speed: 0.75 },
      { kind: 'slow', speed: 0.85 },
      { kind: 'mirrored' },
    ] as const) {
      const made = make(document(undefined, name), version);
      t.same(parseBlueprint(made), made, `${name} ${version.kind}`);
      t.match(made, {
        schema_version: '1.2',
        task_id: 'new',
        generation_timestamp: '2026-01-01T00:00:00.000Z',
      });
      t.equal(made.output_config.output_path, 'data/output/choreography_new.mp4');
    }
  }
});

t.test('slower, a move that is mixed in over the end of another still is, for longer', async (t) => {
  const original = document((value) => {
    value.moves = [
      { clip_id: 'a', video_path: 'a.mp4', start_time: 0.3, duration: 2.2, playback_rate: 0.9, mine: 'kept' },
      { clip_id: 'b', video_path: 'b.mp4', start_time: 2, duration: 1, lead_in_counts: 1 },
    ];
    value.total_duration = 3;
    value.audio_tempo = 120;
    value.beats = [0.3, 0.9];
    value.eights = [0.3];
  });
  t.match(make(original, { kind: 'slow', speed: 0.75 }), {
    total_duration: 4,
    audio_tempo: 90,
    beats: [0.4, 1.2],
    eights: [0.4],
    moves: [
      { start_time: 0.4, duration: 2.933333, playback_rate: 0.675, mine: 'kept' },
      { start_time: 2.666667, duration: 1.333333, playback_rate: 0.75, lead_in_counts: 1 },
    ],
    output_config: { transition_duration: 0.666667, fade_duration: 0.4, song_speed: 0.75 },
  });
});

t.test('what would be too long, or too slow, is refused', async (t) => {
  const slow = { kind: 'slow', speed: 0.75 } as const;
  const long = document((value) => {
    value.total_duration = 7_000;
  });
  t.throws(() => make(long, slow), BlueprintError);
  const still = document((value) => {
    value.moves[0].playback_rate = 0.3;
  });
  t.throws(() => make(still, slow), BlueprintError);
});
