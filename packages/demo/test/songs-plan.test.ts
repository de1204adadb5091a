import t from 'tap';
import { arrange } from '../src/songs/arrange.ts';
import { layOutBars, specificationOf } from '../src/songs/forms.ts';
import { chordInKey, nearestChordTone, pitchOfDegree } from '../src/songs/harmony.ts';
import { describeSongs } from '../src/songs/index.ts';
import { parseBar } from '../src/songs/melody.ts';
import { SONG_PLANS } from '../src/songs/song-list.ts';

const LABELS = ['intro', 'verse', 'chorus', 'mambo', 'break', 'outro'];

t.test('the songs differ in tempo and mood, and together last eight minutes at most', async (t) => {
  const songs = describeSongs();
  t.ok(songs.length >= 4);
  t.equal(new Set(songs.map((song) => song.tempoBpm)).size, songs.length);
  t.same(songs.map((song) => song.mood).sort(), ['energetic', 'playful', 'romantic', 'sensual']);
  t.equal(new Set(songs.map((song) => song.fileName)).size, songs.length);
  const totalSec = songs.reduce((sum, song) => sum + song.durationSec, 0);
  t.ok(totalSec <= 480, `${totalSec} s`);
});

for (const song of describeSongs()) {
  t.test(
    `${song.songId}: beats are evenly spaced at its tempo, from under a second in to the ringing end`,
    async (t) => {
      t.ok(song.durationSec >= 50 && song.durationSec <= 150, `${song.durationSec} s`);
      t.ok(song.beats[0]! >= 0 && song.beats[0]! <= 1);
      const intervals = song.beats.slice(1).map((beat, index) => beat - song.beats[index]!);
      t.ok(intervals.every((interval) => Math.abs(interval - 60 / song.tempoBpm) < 1e-9));
      const ringingSec = song.durationSec - song.beats.at(-1)!;
      t.ok(ringingSec >= 1 && ringingSec <= 2.5, `rings for ${ringingSec} s`);
      t.same(
        song.downbeats,
        song.beats.filter((_, index) => index % 4 === 0),
      );
      const countsFromEight = song.eights.map((eight) => song.beats.indexOf(eight));
      t.equal(song.eights.length * 8 + 1, song.beats.length, 'whole eights, and the final chord');
      t.ok(countsFromEight.every((count) => count >= 0 && count % 8 === 0));
      for (const { start } of song.sections)
        t.ok(song.eights.includes(start), `a part begins an eight: ${start}`);
    },
  );

  t.test(
    `${song.songId}: sections follow each other without a gap, each of whole eight-counts`,
    async (t) => {
      t.equal(song.sections[0]!.start, song.beats[0]);
      t.equal(song.sections.at(-1)!.end, song.beats.at(-1));
      for (const [index, { label, start, end }] of song.sections.entries()) {
        t.ok(LABELS.includes(label), label);
        if (index > 0) t.equal(start, song.sections[index - 1]!.end);
        const counts = song.beats.indexOf(end) - song.beats.indexOf(start);
        t.ok(counts > 0 && counts % 8 === 0, `${label} has ${counts} counts`);
      }
    },
  );
}

for (const plan of SONG_PLANS) {
  t.test(`${plan.songId}: every bar of every theme has eight eighths, and a half has two bars`, async (t) => {
    for (const { theme } of [plan.verse, plan.chorus, plan.mambo]) {
      for (const half of [theme.call, theme.answer, theme.closing]) {
        const bars = half.split('|');
        t.equal(bars.length, 2);
        for (const bar of bars) t.ok(parseBar(bar).every((note) => note.degree >= 1 && note.degree <= 19));
      }
    }
  });

  t.test(`${plan.songId}: on beats 1 and 3 every guitar and bass note belongs to the chord`, async (t) => {
    const score = arrange(plan);
    const beatSec = 60 / plan.tempoBpm;
    const wrong: string[] = [];
    for (const bar of layOutBars(plan)) {
      for (const part of ['requinto', 'segunda', 'bass'] as const) {
        for (const strongSec of [bar.startSec, bar.startSec + 2 * beatSec]) {
          for (const note of score.pitched[part].filter((n) => Math.abs(n.startSec - strongSec) < 0.03)) {
            const above = (note.pitch - bar.chord.root + 120) % 12;
            if (!bar.chord.intervals.includes(above))
              wrong.push(`${part} ${note.pitch} over ${bar.chord.name}`);
          }
        }
      }
    }
    t.same(wrong, []);
  });

  t.test(`${plan.songId}: hands are at most 4 ms off their place, bass and bongo not at all`, async (t) => {
    const score = arrange(plan);
    const sixteenthSec = 60 / plan.tempoBpm / 4;
    const offGrid = (startSec: number): number => {
      const sixteenths = (startSec - plan.leadInSec) / sixteenthSec;
      return Math.abs(sixteenths - Math.round(sixteenths)) * sixteenthSec;
    };
    for (const { startSec } of [...score.pitched.bass, ...score.bongo]) {
      if (offGrid(startSec) > 1e-6) t.fail(`bass or bongo at ${startSec}`);
    }
    for (const { startSec } of score.guira) if (offGrid(startSec) > 0.004) t.fail(`güira at ${startSec}`);
    t.pass();
  });
}

t.test('a form is laid out as written', async (t) => {
  const plan = {
    ...SONG_PLANS[0]!,
    form: [
      ['verse', 1],
      ['mambo', 2],
    ] as const,
    leadInSec: 0.5,
    tempoBpm: 120,
  };
  const song = specificationOf(plan);
  t.equal(song.beats.length, 25);
  t.same(song.sections, [
    { label: 'verse', start: 0.5, end: 4.5 },
    { label: 'mambo', start: 4.5, end: 12.5 },
  ]);
});

t.test('A minor has G natural in its scale, and G sharp over its dominant seventh', async (t) => {
  const key = { tonic: 57, mode: 'minor' } as const;
  t.equal(pitchOfDegree(key, 7, chordInKey(key, 'i')), 67);
  t.equal(pitchOfDegree(key, 7, chordInKey(key, 'V7')), 68);
  t.equal(pitchOfDegree(key, 8, chordInKey(key, 'i')), 69);
  t.equal(nearestChordTone(chordInKey(key, 'bVI'), 71), 72, 'B moves to the C of F major');
});

t.test('a bar of melody is read with its holds and rests', async (t) => {
  t.same(parseBar('5 . 6 - - 8 . .'), [
    { eighth: 0, lengthEighths: 2, degree: 5 },
    { eighth: 2, lengthEighths: 1, degree: 6 },
    { eighth: 5, lengthEighths: 3, degree: 8 },
  ]);
  t.throws(() => parseBar('1 2 3'), RangeError);
});
