import type { DemoSongSpecification } from '@bachata-buddy/demo';
import { ANALYSIS_VERSION, type SectionLabel, type SongAnalysis } from '@bachata-buddy/music';
import { AUDIO_DIMENSIONS } from '@bachata-buddy/vocabulary';

/** How loud a part usually is beside the loudest; only the sound itself tells how loud this one is. */
const USUAL_ENERGY: Readonly<Record<SectionLabel, number>> = {
  intro: 0.5,
  verse: 0.7,
  chorus: 0.95,
  mambo: 1,
  break: 0.5,
  outro: 0.6,
};

/** What an analysis of a demo song will find, of what is true of the song: its sound is not made yet, and unknown. */
export function analysisOfDescription(song: DemoSongSpecification): SongAnalysis {
  const { durationSec, tempoBpm, beats, downbeats, eights } = song;
  return {
    version: ANALYSIS_VERSION,
    durationSec,
    tempoBpm,
    timeSignature: '4/4',
    beats,
    downbeats,
    eights,
    sections: song.sections.map((section) => ({
      ...section,
      energy: USUAL_ENERGY[section.label],
      confidence: 1,
    })),
    energy: { hopSec: 1, values: [] },
    embedding: new Array<number>(AUDIO_DIMENSIONS).fill(0),
    confidence: { tempo: 1, beat: 1, downbeat: 1, eight: 1 },
  };
}
