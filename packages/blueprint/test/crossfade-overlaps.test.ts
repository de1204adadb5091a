import t from 'tap';
import { buildBlueprint, type MoveToBuild, plannedMovesOf, reviseBlueprint } from '../src/index.ts';

const COUNT_SEC = 60 / 127;
const TASK = { taskId: 'new', generatedAt: new Date(0) };

/** Three moves of eight counts; the clip of each has so many counts in front of what it dances, and behind it. */
function plan(spare: readonly [before: number, after: number][], rate = 1.05): MoveToBuild[] {
  return spare.map(([before, after], index) => ({
    moveId: `move-${index}`,
    name: 'Basic step',
    label: 'basic',
    videoPath: `clips/${index}.mp4`,
    startSec: 1 / 3 + index * 8 * COUNT_SEC,
    durationSec: 8 * COUNT_SEC,
    counts: 8,
    trimStartSec: before * COUNT_SEC * rate,
    playbackRate: rate,
    clipDurationSec: (before + 8 + after) * COUNT_SEC * rate,
    transition: 'crossfade' as const,
    sectionLabel: 'verse',
    reason: 'It fits',
  }));
}

function build(moves: readonly MoveToBuild[]) {
  return buildBlueprint({
    taskId: 'old',
    song: { id: 3, title: 'Amor', artist: 'X', audioPath: 'songs/amor.mp3', tempoBpm: 127, durationSec: 20 },
    moves,
    difficulty: 'beginner',
    energyLevel: 'low',
    style: 'romantic',
    userId: 12,
    seed: 5,
    generatedAt: new Date(0),
  });
}

const near = (a: number | undefined, b: number): boolean => Math.abs((a ?? Number.NaN) - b) < 2e-6;

t.test(
  'a crossfade lies over the first count of the move that comes, where the other has a count more',
  async (t) => {
    const planned = plan([
      [0, 1],
      [0, 1],
      [0, 0],
    ]);
    const { moves, output_config: output } = build(planned);
    for (const [index, move] of moves.entries()) {
      t.ok(near(move.start_time, planned[index]!.startSec), 'every move begins on its "1"');
      t.ok(near(move.duration, (index < 2 ? 9 : 8) * COUNT_SEC));
      t.equal(move.counts, 8);
      t.notOk('lead_in_counts' in move);
    }
    t.equal(output.transition_duration, undefined, 'a count is no longer than a crossfade may be anyway');
  },
);

t.test(
  'else over the last count of the one that goes, where the other has a count before its first',
  async (t) => {
    const planned = plan([
      [0, 0],
      [1, 0],
      [0, 0],
    ]);
    const { moves } = build(planned);
    t.ok(near(moves[1]!.start_time, planned[1]!.startSec - COUNT_SEC));
    t.ok(near(moves[1]!.duration, 9 * COUNT_SEC));
    t.ok(near(moves[1]!.trim_start, 0));
    t.equal(moves[1]!.lead_in_counts, 1);
    t.ok(near(moves[0]!.duration, 8 * COUNT_SEC));
    t.ok(near(moves[2]!.start_time, planned[2]!.startSec), 'neither has the footage: they touch');
    t.ok(near(moves[1]!.start_time + moves[1]!.duration, planned[2]!.startSec));
  },
);

t.test('a slow count makes the longest crossfade longer', async (t) => {
  const slow = plan([
    [0, 1],
    [0, 0],
  ]).map((move) => ({
    ...move,
    startSec: (move.startSec * 127) / 90,
    durationSec: (8 * 60) / 90,
    playbackRate: (1.05 * 90) / 127,
  }));
  t.ok(near(build(slow).output_config.transition_duration, 60 / 90));
});

t.test('the plan is read out of the document as it was', async (t) => {
  const planned = plan([
    [0, 1],
    [1, 0],
    [1, 0],
  ]);
  const read = plannedMovesOf(build(planned)) ?? [];
  for (const [index, move] of read.entries()) {
    for (const field of ['startSec', 'durationSec', 'trimStartSec'] as const) {
      t.ok(near(move[field], planned[index]![field]), `${field} of move ${index}`);
    }
  }
});

t.test('a revision takes overlaps away and lays them anew, and leaves other moves alone', async (t) => {
  const blueprint = build(
    plan([
      [0, 1],
      [0, 1],
      [1, 0],
      [0, 0],
    ]),
  );
  const planned = plannedMovesOf(blueprint) ?? [];
  const untouched = planned.map((move, origin) => ({ move, origin, isRelaid: false }));
  t.strictSame(reviseBlueprint(blueprint, { ...TASK, moves: untouched }).moves, blueprint.moves);

  const cut = untouched.map((item, index) =>
    index === 1 ? { ...item, move: { ...item.move, transition: 'cut' as const } } : item,
  );
  const { moves } = reviseBlueprint(blueprint, { ...TASK, moves: cut });
  t.ok(near(moves[0]!.duration, 8 * COUNT_SEC), 'nothing lies over a cut');
  t.strictSame(moves.slice(2), blueprint.moves.slice(2));
  const again = plannedMovesOf(reviseBlueprint(blueprint, { ...TASK, moves: cut })) ?? [];
  const back = again.map((move, origin) => ({
    origin,
    isRelaid: false,
    move: origin === 1 ? { ...move, transition: 'crossfade' as const } : move,
  }));
  const restored = reviseBlueprint(reviseBlueprint(blueprint, { ...TASK, moves: cut }), {
    ...TASK,
    moves: back,
  });
  t.ok(near(restored.moves[0]!.duration, 9 * COUNT_SEC));

  const centred = reviseBlueprint(blueprint, { ...TASK, moves: untouched, crossfadeSec: 0.2 });
  t.equal(centred.output_config.transition_duration, 0.2);
  t.ok(
    centred.moves.every((move) => near(move.duration, 8 * COUNT_SEC)),
    'a length that is given is centred',
  );
});
