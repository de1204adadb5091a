import t from 'tap';
import { changedMoves, changedSpan } from '../../../src/views/practise/logic/changed-span.ts';
import { danceLineOf } from '../../../src/views/practise/logic/dance-line.ts';
import { correctedRate, needsSeek } from '../../../src/views/practise/logic/drift.ts';
import {
  clipSecAt,
  isRunningAt,
  mixAt,
  previewPlanOf,
  shotsAt,
} from '../../../src/views/practise/logic/preview-plan.ts';
import { blueprintOf, CLIP_SEC } from './documents.ts';

const urlOf = (move: { readonly video_path: string }) => `https://clips.example/${move.video_path}`;

t.test('players take turns, each with its clip where it is danced, at its rate', async (t) => {
  const shots = previewPlanOf(blueprintOf([{}, { playback_rate: 1.25 }, {}]), urlOf);
  t.match(shots, [{ player: 0 }, { player: 1 }, { player: 0 }]);
  t.match(shots[1], { clipUrl: 'https://clips.example/clips/1.mp4', showFromSec: 4, showToSec: 8 });
  t.equal(clipSecAt(shots[1]!, 4), 1);
  t.equal(clipSecAt(shots[1]!, 6), 3.5);
  t.strictSame(
    [1, 5, 9].map((sec) => shotsAt(shots, sec).map((shot) => shot?.index)),
    [
      [0, 1],
      [2, 1],
      [2, 1],
    ],
    'who has shown its move makes the next but one ready',
  );
});

t.test('a player runs before it is seen, where its clip has footage in front', async (t) => {
  const [, early, late] = previewPlanOf(blueprintOf([{}, {}, { trim_start: 0.2 }]), urlOf);
  t.equal(early?.rollFromSec, 3.2);
  t.equal(late?.rollFromSec, 7.8, 'from the first picture of its clip');
});

t.test('beyond its ends a clip stands still', async (t) => {
  const [shot] = previewPlanOf(blueprintOf([{ start_time: 2, trim_start: 1 }]), urlOf);
  t.equal(clipSecAt(shot!, 0), 0);
  t.notOk(isRunningAt(shot!, 0));
  t.ok(isRunningAt(shot!, 1.5));
  t.ok(clipSecAt(shot!, 50) < CLIP_SEC);
  t.notOk(isRunningAt(shot!, 50));
});

t.test('a crossfade lies over the overlap of two moves; a cut shows one of them', async (t) => {
  const shots = previewPlanOf(
    blueprintOf([{ duration: 4.5 }, { transition_type: 'crossfade' }, {}], { transition_duration: 0.5 }),
    urlOf,
  );
  t.strictSame(mixAt(shots, 3.9).opacities, [1, 0]);
  t.strictSame(mixAt(shots, 4.25).opacities, [1, 0.5]);
  t.equal(mixAt(shots, 4.25).above, 1);
  t.strictSame(mixAt(shots, 4.5).opacities, [0, 1]);
  t.strictSame(mixAt(shots, 8).opacities, [1, 0]);
  t.equal(shots[0]?.showToSec, 4.5, 'the one before runs on until it is gone');
});

t.test('a fade goes out to its colour and comes in from it', async (t) => {
  const shots = previewPlanOf(
    blueprintOf([{}, { transition_type: 'fade_white' }], { fade_duration: 0.4 }),
    urlOf,
  );
  const veil = (sec: number) => mixAt(shots, sec).veil;
  t.equal(veil(3).opacity, 0);
  t.ok(Math.abs(veil(3.8).opacity - 0.5) < 1e-9);
  t.match(veil(4), { colour: 'white', opacity: 1 });
  t.ok(Math.abs(veil(4.2).opacity - 0.5) < 1e-9);
  t.strictSame(
    [mixAt(shots, 3.99).opacities, mixAt(shots, 4.01).opacities],
    [
      [1, 0],
      [0, 1],
    ],
  );
});

t.test('a plan without a clip is refused by the number of its move', async (t) => {
  t.throws(
    () => previewPlanOf(blueprintOf([{}, {}]), (_, index) => (index === 0 ? 'a' : undefined)),
    /move 2/,
  );
});

t.test('a picture that drifts is brought back without a jump, and within a few seconds', async (t) => {
  for (const start of [0.2, -0.2, 0.05]) {
    let drift = start;
    for (let sec = 0; sec < 4; sec += 0.1) drift += (correctedRate(1, drift) - 1) * 0.1;
    t.ok(Math.abs(drift) < 0.02, `${start} s became ${drift.toFixed(3)} s`);
  }
  t.equal(correctedRate(0.9, 0.005), 0.9, 'unseen');
  t.ok(correctedRate(1, 5) >= 0.9 && correctedRate(1, -5) <= 1.1);
  t.notOk(needsSeek(0.2));
  t.ok(needsSeek(-1));
});

t.test('what a change touches is shown with the joins around it', async (t) => {
  const before = blueprintOf([{}, {}, {}, {}, {}]);
  const after = blueprintOf([{}, {}, { video_path: 'clips/other.mp4' }, {}, {}]);
  t.strictSame(changedMoves(before, after), { first: 2, last: 2 });
  t.strictSame(changedSpan(before, after, danceLineOf(after)), { startSec: 6, endSec: 14 });
  t.equal(changedMoves(before, before), null);
  const shorter = blueprintOf([{}, {}, { duration: 8, counts: 16 }, { start_time: 16 }]);
  t.match(changedMoves(before, shorter), { first: 2 });
});
