import { PEAKS_PER_SEC, type SongAnalysis } from '@bachata-buddy/music';

/** Whole milliseconds: a picture shows no more. */
const rounded = (timeSec: number): number => Math.round(timeSec * 1_000) / 1_000;

/** What is heard in a song, its counts as they hold, as it is drawn. */
export function viewWaveform(
  songId: number,
  { analysis, peaks }: { readonly analysis: SongAnalysis; readonly peaks: readonly number[] },
) {
  const { durationSec, tempoBpm, beats, downbeats, eights, sections } = analysis;
  return {
    song_id: songId,
    duration_sec: rounded(durationSec),
    tempo_bpm: Math.round(tempoBpm * 100) / 100,
    peaks_per_sec: PEAKS_PER_SEC,
    peaks: [...peaks],
    beats_sec: beats.map(rounded),
    downbeats_sec: downbeats.map(rounded),
    eights_sec: eights.map(rounded),
    sections: sections.map(({ label, start, end, confidence }) => ({
      kind: label,
      start_sec: rounded(start),
      end_sec: rounded(end),
      confidence: Math.round(confidence * 100) / 100,
    })),
  };
}
