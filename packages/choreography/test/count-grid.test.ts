import t from 'tap';
import { buildCountGrid } from '../src/plan/count-grid.ts';
import { buildSlots } from '../src/plan/slots.ts';
import { makeAnalysis } from './support/synthetic.ts';

const near = (a: number, b: number) => Math.abs(a - b) < 1e-9;

t.test('the grid begins with the first downbeat and ends with the end of the last beat', async (t) => {
  const analysis = makeAnalysis({ beats: 67, pickup: 3, tempoBpm: 120, firstBeatSec: 0.3 });
  const { boundaries, bars } = buildCountGrid(analysis);
  t.equal(boundaries[0], analysis.downbeats[0]);
  t.equal(boundaries.length, 67 - 3 + 1);
  t.ok(near(boundaries.at(-1)!, analysis.beats.at(-1)! + 0.5));
  t.same(boundaries.slice(0, -1), analysis.beats.slice(3), 'beats are taken as they are');
  t.same(bars.slice(0, 3), [0, 4, 8]);
});

t.test('a lead-in and a tail of eight beats and more are covered in the tempo of the song', async (t) => {
  const long = buildCountGrid(makeAnalysis({ tempoBpm: 120, firstBeatSec: 9.1, tailSec: 6.2, beats: 64 }));
  t.ok(near(long.boundaries[0]!, 1.1), 'two whole eights in front');
  t.equal(long.bars[0], 0);
  t.ok(long.boundaries.at(-1)! > 9.1 + 32 + 6.2 - 2, 'less than one bar uncovered at the end');
  const short = buildCountGrid(makeAnalysis({ tempoBpm: 120, firstBeatSec: 3.9, tailSec: 3.4, beats: 64 }));
  t.ok(near(short.boundaries[0]!, 3.9));
  t.ok(near(short.boundaries.at(-1)!, 3.9 + 32));
});

t.test('a hole between beats is filled evenly', async (t) => {
  const analysis = makeAnalysis({ tempoBpm: 120, beats: 64 });
  const holed = { ...analysis, beats: analysis.beats.filter((_, index) => index < 20 || index > 26) };
  const { boundaries } = buildCountGrid({
    ...holed,
    downbeats: holed.downbeats.filter((time) => holed.beats.includes(time)),
  });
  t.equal(boundaries.length, 65);
  boundaries.forEach((time, index) => {
    t.ok(near(time, 0.4 + index * 0.5));
  });
});

t.test('eights begin anew with each section; a left-over bar is a slot of four', async (t) => {
  const sections = [
    { label: 'intro', bars: 3, energy: 0.2 },
    { label: 'verse', bars: 4, energy: 0.5 },
    { label: 'chorus', bars: 100, energy: 1 },
  ] as const;
  const analysis = makeAnalysis({ beats: 12 * 4 + 3, sections });
  const slots = buildSlots(buildCountGrid(analysis), analysis);
  t.same(
    slots.map((slot) => [slot.section.label, slot.counts, slot.extraCounts]),
    [
      ['intro', 8, 0],
      ['intro', 4, 0],
      ['verse', 8, 0],
      ['verse', 8, 0],
      ['chorus', 8, 0],
      ['chorus', 8, 0],
      ['chorus', 4, 3],
    ],
  );
});

t.test('downbeats that are missing or irregular still give bars that begin on downbeats', async (t) => {
  const analysis = makeAnalysis({ beats: 64 });
  const none = buildCountGrid({ ...analysis, downbeats: [] });
  t.same(none.bars.slice(0, 3), [0, 4, 8]);
  const stray = [0, 4, 7, 11, 32, 36].map((index) => analysis.beats[index]!);
  const { boundaries, bars } = buildCountGrid({ ...analysis, downbeats: stray });
  for (const time of stray) t.ok(bars.some((bar) => boundaries[bar] === time));
  t.ok(bars.slice(1).every((bar, index) => bar - bars[index]! <= 7));
});

t.test('no beats, no bar or broken numbers are an error', async (t) => {
  const analysis = makeAnalysis({ beats: 64 });
  for (const beats of [[], analysis.beats.slice(0, 3), [Number.NaN, 1, 1, 1], [0.1, 0.5, 1]]) {
    const broken = { ...analysis, durationSec: 2, beats, downbeats: beats.slice(0, 1) };
    t.throws(() => buildCountGrid(broken), {
      code: 'CHOREOGRAPHY_NO_BEATS',
      message: 'No beats could be found in this song.',
    });
  }
});
