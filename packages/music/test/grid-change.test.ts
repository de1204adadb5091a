import t from 'tap';
import { ANALYSIS_VERSION, changeGrid, type SongAnalysis } from '../src/index.ts';

/** 64 beats a half second apart from 1 s on, the "1" on the first, three parts. */
const ANALYSIS: SongAnalysis = {
  version: ANALYSIS_VERSION,
  durationSec: 34,
  tempoBpm: 120,
  timeSignature: '4/4',
  beats: Array.from({ length: 64 }, (_, i) => 1 + i / 2),
  downbeats: Array.from({ length: 16 }, (_, i) => 1 + 2 * i),
  eights: Array.from({ length: 8 }, (_, i) => 1 + 4 * i),
  sections: [
    { label: 'intro', start: 1, end: 9, energy: 0.4, confidence: 0.8 },
    { label: 'verse', start: 9, end: 25, energy: 0.7, confidence: 0.8 },
    { label: 'chorus', start: 25, end: 34, energy: 1, confidence: 0.8 },
  ],
  energy: { hopSec: 0.5, values: [] },
  embedding: [],
  confidence: { tempo: 0.4, beat: 0.9, downbeat: 0.2, eight: 0.1 },
};

t.test('nothing said, nothing changed', async (t) => {
  t.equal(changeGrid(ANALYSIS, null), ANALYSIS);
  t.equal(changeGrid(ANALYSIS, {}), ANALYSIS);
});

t.test('half time keeps every second beat and counts them from the first eight', async (t) => {
  const half = changeGrid(ANALYSIS, { tempo: 'half' });
  t.equal(half.tempoBpm, 60);
  t.same(half.beats.slice(0, 3), [1, 2, 3]);
  t.same(half.downbeats.slice(0, 3), [1, 5, 9]);
  t.same(half.eights, [1, 9, 17, 25]);
  t.same(half.sections, ANALYSIS.sections, 'sections begin on a "1" still');
  t.same(half.confidence, { tempo: 1, beat: 0.9, downbeat: 0.2, eight: 0.1 });
});

t.test('double time puts a beat between every two; half of it is what was measured', async (t) => {
  const double = changeGrid(ANALYSIS, { tempo: 'double' });
  t.equal(double.tempoBpm, 240);
  t.same(double.downbeats.slice(0, 3), [1, 2, 3]);
  t.same(double.eights.slice(0, 3), [1, 3, 5]);
  const again = changeGrid(double, { tempo: 'half' });
  t.same(again.beats, ANALYSIS.beats);
  t.same(again.eights, ANALYSIS.eights);
});

t.test('the count is shifted either way, and shifted back', async (t) => {
  const later = changeGrid(ANALYSIS, { shiftCounts: 2 });
  t.same(later.beats, ANALYSIS.beats);
  t.same(later.downbeats.slice(0, 3), [2, 4, 6]);
  t.same(later.eights.slice(0, 2), [2, 6]);
  t.same(
    later.sections.map(({ label, start }) => [label, later.downbeats.includes(start)]),
    [
      ['intro', true],
      ['verse', true],
      ['chorus', true],
    ],
  );
  t.equal(later.confidence.downbeat, 1, 'what somebody said is certain');
  t.same(changeGrid(later, { shiftCounts: -2 }).downbeats, ANALYSIS.downbeats);
  t.same(changeGrid(ANALYSIS, { shiftCounts: -1 }).downbeats.slice(0, 2), [2.5, 4.5]);
});

t.test('a short bar within the song stays short', async (t) => {
  const downbeats = ANALYSIS.downbeats.map((sec, i) => (i < 4 ? sec : sec - 1));
  const shifted = changeGrid({ ...ANALYSIS, downbeats, eights: [] }, { shiftCounts: 1 });
  t.same(shifted.downbeats.slice(0, 6), [1.5, 3.5, 5.5, 7.5, 8.5, 10.5]);
});

t.test('the first eight is put on a beat, and later parts begin one of their own', async (t) => {
  const eight = changeGrid(ANALYSIS, { firstEightSec: 3.1 });
  t.same(eight.downbeats, ANALYSIS.downbeats, 'a "1" already');
  t.same(eight.eights, [3, 7, 9, 13, 17, 21, 25, 29]);
  t.equal(eight.confidence.eight, 1);
  const odd = changeGrid(ANALYSIS, { firstEightSec: 2.4 });
  t.same(odd.downbeats.slice(0, 2), [2.5, 4.5]);
  t.equal(odd.eights[0], 2.5);
  t.ok(odd.eights.every((sec) => odd.downbeats.includes(sec)));
});

t.test('changes are done one after the other: tempo, shift, first eight', async (t) => {
  const changed = changeGrid(ANALYSIS, { tempo: 'half', shiftCounts: 1, firstEightSec: 6 });
  t.same(changed.downbeats.slice(0, 3), [2, 6, 10]);
  t.ok(changed.eights.includes(6));
});

t.test('what cannot be done is refused by name', async (t) => {
  const few = { ...ANALYSIS, beats: ANALYSIS.beats.slice(0, 4) };
  t.throws(() => changeGrid(few, { tempo: 'half' }), { code: 'MUSIC_GRID_CHANGE' });
  t.throws(() => changeGrid(ANALYSIS, { firstEightSec: 40 }), {
    code: 'MUSIC_GRID_CHANGE',
    message: "There is no beat at 40 s: the song's beats lie from 1.00 to 32.50 s.",
  });
});
