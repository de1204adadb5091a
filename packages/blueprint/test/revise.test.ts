import { readFileSync } from 'node:fs';
import t from 'tap';
import {
  type Blueprint,
  type BlueprintRevision,
  buildBlueprint,
  canonicalJson,
  type MoveToBuild,
  parseBlueprint,
  plannedMovesOf,
  reviseBlueprint,
} from '../src/index.ts';

const NEW_TASK = { taskId: 'new-task', generatedAt: new Date('2026-01-02T03:04:05.678Z') };

function original(): Blueprint {
  const moves = Array.from({ length: 4 }, (_, index) => ({
    moveId: `basic-${index}`,
    name: 'Basic step',
    label: 'basic',
    videoPath: `clips/basic_${index}.mp4`,
    startSec: 1 / 3 + index * 4,
    durationSec: 4,
    counts: 8,
    trimStartSec: 1 / 7,
    playbackRate: 127 / 120,
    clipDurationSec: 6,
    transition: 'cut' as const,
    sectionLabel: 'verse',
    reason: 'It fits',
  }));
  const built = buildBlueprint({
    taskId: 'old-task',
    song: { id: 3, title: 'Amor', artist: 'X', audioPath: 'songs/amor.mp3', tempoBpm: 120, durationSec: 20 },
    moves,
    difficulty: 'beginner',
    energyLevel: 'low',
    style: 'romantic',
    userId: 12,
    seed: 5,
    generatedAt: new Date('2025-11-09T10:11:12.345Z'),
  });
  const [first, ...rest] = built.moves;
  return parseBlueprint({ ...built, x_note: 'kept', moves: [{ ...first, x_by: 'hand' }, ...rest] });
}

function untouched(blueprint: Blueprint): BlueprintRevision['moves'] {
  const moves = plannedMovesOf(blueprint) ?? [];
  return moves.map((move, origin) => ({ move, origin, isRelaid: false }));
}

t.test('a revision of nothing differs in the task alone, unknown fields included', async (t) => {
  const blueprint = original();
  const revised = reviseBlueprint(blueprint, { ...NEW_TASK, moves: untouched(blueprint) });
  t.strictSame(revised, {
    ...blueprint,
    task_id: 'new-task',
    generation_timestamp: '2026-01-02T03:04:05.678Z',
    output_config: { output_path: 'data/output/choreography_new-task.mp4' },
  });
});

t.test('what the planned dance did not meet is not said of one made by hand', async (t) => {
  const blueprint = parseBlueprint({
    ...original(),
    open_wishes: [{ wish: 'dip', reason: 'There is none' }],
  });
  const revised = reviseBlueprint(blueprint, { ...NEW_TASK, moves: untouched(blueprint) });
  t.notOk('open_wishes' in revised);
  t.equal(blueprint.open_wishes?.length, 1, 'the original says it still');
});

t.test('a move read out of a document and laid anew is the same move', async (t) => {
  const blueprint = original();
  const moves = untouched(blueprint).map((one) => ({ ...one, isRelaid: true }));
  const revised = reviseBlueprint(blueprint, { ...NEW_TASK, moves });
  const { x_by: _lost, ...first } = blueprint.moves[0] as Blueprint['moves'][0] & { x_by: string };
  t.equal(canonicalJson(revised.moves), canonicalJson([first, ...blueprint.moves.slice(1)]));
});

t.test('moves are numbered anew, the first is entered by a cut, lengths are set', async (t) => {
  const blueprint = original();
  const [, second, third, fourth] = untouched(blueprint);
  const faded = { ...third!, move: { ...third!.move, transition: 'fade_white' as const } };
  const crossed = { ...second!, move: { ...second!.move, transition: 'crossfade' as const } };
  const lengths = { crossfadeSec: 1.5, fadeSec: 0.25 };
  const revised = reviseBlueprint(blueprint, { ...NEW_TASK, ...lengths, moves: [crossed, faded, fourth!] });
  t.strictSame(
    revised.moves.map((move) => [move.clip_id, move.move_id, move.transition_type]),
    [
      ['move_1', 'basic-1', 'cut'],
      ['move_2', 'basic-2', 'fade_white'],
      ['move_3', 'basic-3', 'cut'],
    ],
  );
  t.match(revised.output_config, { transition_duration: 1.5, fade_duration: 0.25 });
});

t.test('a move says of itself what its revision says, and keeps what the schema does not know', async (t) => {
  const explanation = {
    section: 'verse',
    phrase: 1,
    eight: 1,
    why: 'w',
    join: 'j',
    compromise: 'c',
    x_by: 'hand',
  };
  const { moves: built, ...rest } = original();
  const blueprint = parseBlueprint({ ...rest, moves: built.map((move) => ({ ...move, explanation })) });
  const [first, second, ...others] = untouched(blueprint);
  const { compromise: _none, x_by: _unknown, ...kept } = explanation;
  const joined = { ...first!, move: { ...first!.move, explanation: { ...kept, join: 'k' } } };
  const { explanation: _said, ...silent } = second!.move;
  const revised = reviseBlueprint(blueprint, {
    ...NEW_TASK,
    moves: [joined, { ...second!, move: silent }, ...others],
  });
  t.strictSame(
    revised.moves.map((move) => move.explanation),
    [{ ...kept, join: 'k', x_by: 'hand' }, undefined, explanation, explanation],
  );
});

t.test('what would not validate is refused', async (t) => {
  const blueprint = original();
  const [first, , third] = untouched(blueprint);
  const moves = [first!, third!];
  t.throws(() => reviseBlueprint(blueprint, { ...NEW_TASK, moves }), { code: 'BLUEPRINT_INVALID' });
});

t.test('a document that lacks what a plan has gives no plan', async (t) => {
  const text = readFileSync(new URL('../examples/minimal.json', import.meta.url), 'utf8');
  const none: MoveToBuild[] | null = plannedMovesOf(parseBlueprint(text));
  t.equal(none, null);
});
