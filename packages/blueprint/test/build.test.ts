import t from 'tap';
import {
  type BuildBlueprintOptions,
  buildBlueprint,
  canonicalJson,
  type MoveToBuild,
  parseBlueprint,
  validateBlueprint,
} from '../src/index.ts';

const COUNTS = 8;

/** A plan on an awkward tempo: boundaries at fractions that no decimal holds, starts as running sums. */
function plan(moveCount: number, tempoBpm = 127): MoveToBuild[] {
  const durationSec = (COUNTS * 60) / tempoBpm;
  let startSec = 1 / 3;
  return Array.from({ length: moveCount }, (_, index) => {
    const move: MoveToBuild = {
      moveId: `basic-${index % 3}`,
      name: 'Basic step',
      label: 'basic',
      videoPath: `clips/basic_${index % 3}.mp4`,
      startSec,
      durationSec,
      counts: COUNTS,
      trimStartSec: 1 / 7,
      playbackRate: 127 / 120,
      clipDurationSec: 6,
      transition: index === 0 ? 'crossfade' : 'cut',
      sectionLabel: 'verse',
      reason: 'It fits',
    };
    startSec += durationSec;
    return move;
  });
}

function options(changes: Partial<BuildBlueprintOptions> = {}): BuildBlueprintOptions {
  return {
    taskId: '6f1f4f0e-0000-4000-8000-000000000001',
    song: { id: 3, title: 'Amor', artist: 'X', audioPath: 'songs/amor.mp3', tempoBpm: 127, durationSec: 60 },
    moves: plan(10),
    difficulty: 'beginner',
    energyLevel: 'low',
    style: 'romantic',
    userId: 12,
    seed: 5,
    generatedAt: new Date('2025-11-09T10:11:12.345Z'),
    ...changes,
  };
}

t.test('a plan becomes a document of the first schema with the additions of 1.1', async (t) => {
  const rhythmConfidence = { tempo: 0.8, beat: 1, downbeat: 0.9, eight: 0.7 };
  const blueprint = buildBlueprint(options({ beats: [1 / 3, 2 / 3], eights: [1 / 3], rhythmConfidence }));
  t.match(blueprint, {
    schema_version: '1.2',
    task_id: '6f1f4f0e-0000-4000-8000-000000000001',
    audio_path: 'data/songs/amor.mp3',
    audio_tempo: 127,
    total_duration: 60,
    difficulty_level: 'beginner',
    generation_timestamp: '2025-11-09T10:11:12.345Z',
    generation_parameters: { energy_level: 'low', style: 'romantic', user_id: 12 },
    seed: 5,
    song: { id: 3, title: 'Amor', artist: 'X' },
    beats: [0.333333, 0.666667],
    eights: [0.333333],
    rhythm_confidence: rhythmConfidence,
    output_config: { output_path: 'data/output/choreography_6f1f4f0e-0000-4000-8000-000000000001.mp4' },
  });
  t.notOk('ai_mode' in (blueprint.generation_parameters ?? {}));
  t.match(blueprint.moves[0], {
    clip_id: 'move_1',
    video_path: 'data/clips/basic_0.mp4',
    start_time: 0.333333,
    transition_type: 'cut',
    original_duration: 6,
    trim_start: 0.142857,
    playback_rate: 1.058333333,
    move_id: 'basic-0',
    counts: 8,
    section: 'verse',
    reason: 'It fits',
  });
  t.equal(blueprint.moves[9]?.clip_id, 'move_10');
  t.strictSame(parseBlueprint(JSON.stringify(blueprint)), blueprint, 'survives JSON unchanged');
});

t.test('a sentence is kept with the parameters', async (t) => {
  const query = 'a romantic bachata for beginners';
  t.match(buildBlueprint(options({ query })).generation_parameters, { ai_mode: true, original_query: query });
});

t.test('no error adds up over 300 moves, and boundaries meet', async (t) => {
  const moves = plan(300);
  const blueprint = buildBlueprint(
    options({
      moves,
      song: { ...options().song, durationSec: 1_200 },
    }),
  );
  let worstStartSec = 0;
  let worstSeamSec = 0;
  for (const [index, move] of blueprint.moves.entries()) {
    const exactSec = 1 / 3 + (index * COUNTS * 60) / 127;
    worstStartSec = Math.max(worstStartSec, Math.abs(move.start_time - exactSec));
    const next = blueprint.moves[index + 1];
    if (next)
      worstSeamSec = Math.max(worstSeamSec, Math.abs(move.start_time + move.duration - next.start_time));
  }
  t.ok(worstStartSec < 1e-6, `${worstStartSec}`);
  t.ok(worstSeamSec < 1e-9, `${worstSeamSec}`);
});

t.test('the same options give the same bytes', async (t) => {
  t.equal(JSON.stringify(buildBlueprint(options())), JSON.stringify(buildBlueprint(options())));
  t.not(canonicalJson(buildBlueprint(options({ seed: 6 }))), canonicalJson(buildBlueprint(options())));
});

t.test('paths that carry data/ already are not prefixed twice', async (t) => {
  const blueprint = buildBlueprint(
    options({ song: { ...options().song, audioPath: 'data/songs/amor.mp3' } }),
  );
  t.equal(blueprint.audio_path, 'data/songs/amor.mp3');
});

t.test('a song without a beat has no tempo in its document', async (t) => {
  const blueprint = buildBlueprint(options({ song: { ...options().song, tempoBpm: 0 } }));
  t.notOk('audio_tempo' in blueprint);
  t.strictSame(validateBlueprint(blueprint), []);
});

t.test('a plan that cannot be executed is refused with all that is wrong', async (t) => {
  const [first, second, third] = plan(3) as [MoveToBuild, MoveToBuild, MoveToBuild];
  t.throws(
    () =>
      buildBlueprint(
        options({
          moves: [first, { ...second, clipDurationSec: 3 }, { ...third, startSec: 30, videoPath: '/x.mp4' }],
          song: { ...options().song, durationSec: 20 },
        }),
      ),
    {
      name: 'BlueprintError',
      issues: [
        { path: 'moves[2].video_path' },
        { path: 'moves[2].start_time' },
        { path: 'total_duration' },
        { path: 'moves[1].duration' },
      ],
    },
  );
});

t.test('a plan without moves, and a time that is no number, are refused', async (t) => {
  const name = 'BlueprintError';
  t.throws(() => buildBlueprint(options({ moves: [] })), { name, issues: [{ path: 'moves' }] });
  const [first] = plan(1) as [MoveToBuild];
  t.throws(() => buildBlueprint(options({ moves: [{ ...first, startSec: Number.NaN }] })), {
    name,
    issues: [{ path: 'moves[0].start_time' }],
  });
});
