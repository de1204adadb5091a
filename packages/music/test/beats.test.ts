import t from 'tap';
import { fMeasure, medianErrorSec } from '../../../bench/music/scores.ts';
import { refineBeatTimes } from '../src/beat-timing.ts';
import { analyseSamples } from '../src/index.ts';
import { soundOfSamples } from '../src/sound.ts';
import {
  RATE_HZ,
  synthesiseBachata,
  synthesiseClicks,
  synthesiseDembow,
  synthesiseOffBeatGuitar,
} from './support/synthesise.ts';

for (const tempoBpm of [92, 108, 115.5, 124, 128.3, 137, 150]) {
  t.test(`clicks at ${tempoBpm} BPM are found where they are`, async (t) => {
    const { samples, beats } = synthesiseClicks({ tempoBpm, durationSec: 20, firstBeatSec: 0.61 });
    const found = analyseSamples(samples, RATE_HZ);
    t.ok(Math.abs(found.tempoBpm - tempoBpm) < 0.1, `tempo ${found.tempoBpm}`);
    t.equal(found.beats.length, beats.length);
    t.equal(fMeasure(beats, found.beats, 0.01), 1);
    t.ok(Math.abs(medianErrorSec(beats, found.beats)) < 0.005);
    t.ok(found.confidence.beat > 0.9 && found.confidence.tempo > 0.6);
  });
}

t.test('fast clicks alone, which have no bar, are counted at their tempo or at half of it', async (t) => {
  const { samples } = synthesiseClicks({ tempoBpm: 168, durationSec: 20, firstBeatSec: 0.61 });
  const { tempoBpm } = analyseSamples(samples, RATE_HZ);
  t.ok(
    [168, 84].some((tempo) => Math.abs(tempoBpm - tempo) < 0.1),
    `tempo ${tempoBpm}`,
  );
});

for (const tempoBpm of [82, 165, 178]) {
  t.test(`bachata at ${tempoBpm} BPM is counted at its own tempo`, async (t) => {
    const song = synthesiseBachata({ tempoBpm, firstBeatSec: 0.7 });
    const found = analyseSamples(song.samples, RATE_HZ);
    t.ok(fMeasure(song.beats, found.beats) >= 0.98, `tempo ${found.tempoBpm}`);
  });
}

t.test('clicks alone say nothing of the count', async (t) => {
  const { samples } = synthesiseClicks({ tempoBpm: 126, durationSec: 20 });
  t.ok(analyseSamples(samples, RATE_HZ).confidence.downbeat < 0.3);
});

t.test('a beat on the very first sample is a beat', async (t) => {
  const { samples } = synthesiseClicks({ tempoBpm: 120, durationSec: 12, firstBeatSec: 0 });
  const [first] = analyseSamples(samples, RATE_HZ).beats;
  t.ok(first! >= 0 && first! < 0.01, `first beat ${first}`);
});

for (const rateHz of [8_000, 16_000, 44_100, 48_000]) {
  t.test(`clicks sampled at ${rateHz} Hz are found at the same times`, async (t) => {
    const { samples, beats } = synthesiseClicks({
      tempoBpm: 124,
      durationSec: 10,
      firstBeatSec: 0.3,
      rateHz,
    });
    const found = analyseSamples(samples, rateHz);
    t.equal(fMeasure(beats, found.beats, 0.01), 1);
    t.ok(Math.abs(found.tempoBpm - 124) < 0.1);
  });
}

t.test('clicks that slow down by a tenth are followed', async (t) => {
  const { samples, beats } = synthesiseClicks({ tempoBpm: 138, durationSec: 60, drift: 0.1 });
  const found = analyseSamples(samples, RATE_HZ);
  t.ok(fMeasure(beats, found.beats, 0.02) >= 0.98);
});

for (const tempoBpm of [108, 119, 127, 136, 148]) {
  t.test(`bachata at ${tempoBpm} BPM with loud off-beat strums keeps to the beat and the 1`, async (t) => {
    const song = synthesiseBachata({ tempoBpm, firstBeatSec: 1.3, seed: tempoBpm });
    const found = analyseSamples(song.samples, RATE_HZ);
    t.ok(Math.abs(found.tempoBpm - tempoBpm) < 0.3, `tempo ${found.tempoBpm}`);
    t.ok(fMeasure(song.beats, found.beats) >= 0.98);
    t.ok(fMeasure(song.downbeats, found.downbeats) >= 0.98);
    t.ok(Math.abs(medianErrorSec(song.beats, found.beats)) < 0.01);
    t.ok(found.confidence.downbeat > 0.8);
  });
}

t.test('strums much louder than everything on the beat do not turn the beat around', async (t) => {
  const song = synthesiseBachata({ tempoBpm: 126, strumLevel: 0.9 });
  const found = analyseSamples(song.samples, RATE_HZ);
  t.ok(fMeasure(song.beats, found.beats) >= 0.98);
  t.ok(fMeasure(song.downbeats, found.downbeats) >= 0.98);
});

t.test('a guitar alone that strums off-beats is counted by its chords, which change on beats', async (t) => {
  for (const tempoBpm of [100, 118, 134]) {
    const song = synthesiseOffBeatGuitar({ tempoBpm, bars: 24 });
    const found = analyseSamples(song.samples, RATE_HZ);
    t.ok(fMeasure(song.beats, found.beats) >= 0.98, `tempo ${found.tempoBpm}`);
  }
});

t.test('bachata that drifts and is played loosely is followed', async (t) => {
  const song = synthesiseBachata({ tempoBpm: 132, parts: [['verse', 32]], drift: 0.08, scatterSec: 0.015 });
  const found = analyseSamples(song.samples, RATE_HZ);
  t.ok(fMeasure(song.beats, found.beats) >= 0.98);
  t.ok(fMeasure(song.downbeats, found.downbeats) >= 0.98);
});

t.test('beats begin and end with the music, not in the silence around it', async (t) => {
  const song = synthesiseBachata({ tempoBpm: 122, firstBeatSec: 4.2, tailSec: 6 });
  const found = analyseSamples(song.samples, RATE_HZ);
  t.ok(Math.abs(found.beats[0]! - song.beats[0]!) < 0.03, `first ${found.beats[0]}`);
  t.ok(Math.abs(found.beats.at(-1)! - song.beats.at(-1)!) < 0.03, `last ${found.beats.at(-1)}`);
});

t.test('the pulse goes on through a break', async (t) => {
  const song = synthesiseBachata({
    tempoBpm: 130,
    parts: [
      ['verse', 8],
      ['break', 2],
      ['chorus', 8],
    ],
  });
  const found = analyseSamples(song.samples, RATE_HZ);
  t.ok(fMeasure(song.beats, found.beats) >= 0.98);
  t.ok(fMeasure(song.downbeats, found.downbeats) >= 0.98);
});

t.test('a clip that begins in the middle of a bar finds the 1', async (t) => {
  const song = synthesiseBachata({ tempoBpm: 128, parts: [['verse', 8]], firstBeatSec: 0 });
  const cutSec = song.beats[2]! - 0.1;
  const clip = analyseSamples(
    song.samples.slice(Math.round(cutSec * RATE_HZ), Math.round((cutSec + 9) * RATE_HZ)),
    RATE_HZ,
  );
  t.ok(Math.abs(clip.downbeats[0]! + cutSec - song.downbeats[1]!) < 0.03, `first 1 at ${clip.downbeats[0]}`);
});

t.test(
  'a beat that is never struck is none: a dembow is counted by its kicks, not twice as fast',
  async (t) => {
    for (const tempoBpm of [84, 90, 96]) {
      const { samples, beats } = synthesiseDembow({ tempoBpm, bars: 20 });
      const found = analyseSamples(samples, RATE_HZ);
      t.ok(fMeasure(beats, found.beats) >= 0.98, `tempo ${found.tempoBpm}`);
    }
  },
);

t.test('where drums stop for a while, the pulse goes on evenly through what is sung late', async (t) => {
  const { samples, beats } = synthesiseClicks({ tempoBpm: 120, durationSec: 40 });
  const isBreak = (timeSec: number) => timeSec > 15.75 && timeSec < 23.75;
  const sung = samples.map((sample, i) => (isBreak(i / RATE_HZ) ? 0 : sample));
  for (const beat of beats.filter(isBreak)) {
    for (let i = 0; i < 0.3 * RATE_HZ; i++) {
      const time = i / RATE_HZ;
      sung[Math.round((beat + 0.045) * RATE_HZ) + i]! +=
        0.1 * Math.min(1, time / 0.03) * Math.sin(3000 * time);
    }
  }
  const found = refineBeatTimes(soundOfSamples(sung), RATE_HZ, beats);
  t.ok(
    found.every((time, i) => Math.abs(time - beats[i]!) < 0.03),
    `${found.map((x, i) => x - beats[i]!)}`,
  );
});
