import { readFileSync } from 'node:fs';
import t from 'tap';
import { beatF, continuity, fMeasure, medianErrorSec } from '../../../bench/music/scores.ts';
import { analyseSamples } from '../src/index.ts';
import { decodeAudio, missing, sharedPath } from './support/shared-data.ts';

interface Truth {
  readonly bpm: number;
  readonly beats: readonly number[];
  readonly downbeats: readonly number[];
  readonly sections: ReadonlyArray<{ readonly label: string; readonly start: number; readonly end: number }>;
}

for (const name of ['song00', 'song01', 'song02', 'song03']) {
  t.test(`${name} is scored against its truth`, { skip: missing(`songs/${name}.mp3`) }, async (t) => {
    const truth = JSON.parse(readFileSync(sharedPath(`songs/${name}.json`), 'utf8')) as Truth;
    const found = analyseSamples(decodeAudio(sharedPath(`songs/${name}.mp3`)), 22_050);
    t.ok(Math.abs(found.tempoBpm / truth.bpm - 1) < 0.005, `tempo ${found.tempoBpm}`);
    t.ok(beatF(truth.beats, found.beats) >= 0.99);
    t.ok(continuity(truth.beats, found.beats).cmlt >= 0.99);
    t.ok(beatF(truth.downbeats, found.downbeats) >= 0.99);
    t.ok(Math.abs(medianErrorSec(truth.beats, found.beats)) < 0.008);
    t.equal(found.beats.length, truth.beats.length, 'not a beat before the first or after the last');
    const starts = (sections: ReadonlyArray<{ start: number }>) =>
      sections.slice(1).map(({ start }) => start);
    t.ok(fMeasure(starts(truth.sections), starts(found.sections), 0.5) >= 0.9);
    const named = truth.beats.filter(
      (beat) => labelAt(found.sections, beat) === labelAt(truth.sections, beat),
    );
    t.ok(named.length / truth.beats.length >= 0.9, 'the name of the part is right on nine beats of ten');
  });
}

function labelAt(sections: Truth['sections'], beat: number): string | undefined {
  return sections.findLast(({ start }) => start <= beat + 0.1)?.label;
}

t.test(
  'dance clips are near the tempo their annotation estimates',
  { skip: missing('clips/annotations.json') },
  async (t) => {
    const { clips } = JSON.parse(readFileSync(sharedPath('clips/annotations.json'), 'utf8')) as {
      clips: ReadonlyArray<{ video_path: string; estimated_tempo: number }>;
    };
    const some = clips.filter((_, i) => i % 3 === 0);
    const near = some.filter(({ video_path, estimated_tempo }) => {
      const { tempoBpm } = analyseSamples(decodeAudio(sharedPath(`clips/${video_path}`)), 22_050);
      return Math.abs(tempoBpm / estimated_tempo - 1) < 0.04;
    });
    // The annotations are rough estimates: one of them is four thirds of what the beats say.
    t.ok(near.length >= some.length - 1, `${near.length} of ${some.length}`);
  },
);
