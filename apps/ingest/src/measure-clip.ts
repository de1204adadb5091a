import { decodeAudio, type MediaTools, probeMedia, requirePictures } from '@bachata-buddy/media';
import { ANALYSIS_SAMPLE_RATE_HZ, analyseSamples } from '@bachata-buddy/music';
import type { AnnotatedClip } from './annotations.ts';
import { wholeCounts } from './clip-counts.ts';
import { rhythmOfClip } from './clip-rhythm.ts';
import { ingestError } from './errors.ts';

/** What the planner needs to know of a clip, measured from its file. */
export interface MeasuredClip {
  readonly durationSec: number;
  readonly tempoBpm: number;
  readonly firstDownbeatSec: number;
  readonly counts: number;
  readonly beats: readonly number[];
  /** How sure it is which beat is the "1", 0..1; null where somebody says which. */
  readonly downbeatConfidence: number | null;
  readonly embedding: { readonly audio: readonly number[] };
  /** What somebody should look at; null where nothing is in doubt. */
  readonly doubt: string | null;
}

/**
 * Measures a clip's tempo, beats and counts from its own sound, or takes its annotation's word where it has none.
 *
 * @throws AppError `INGEST_CLIP` where it is no dance clip; those of `probeMedia`, `requirePictures` and `decodeAudio`
 */
export async function measureClip(
  tools: MediaTools,
  filePath: string,
  clip: AnnotatedClip,
  signal?: AbortSignal,
): Promise<MeasuredClip> {
  const probe = await probeMedia(tools, filePath, { signal });
  if (probe.video === null) throw ingestError('INGEST_CLIP', 'it holds no video');
  await requirePictures(tools, filePath, probe, { signal });
  const { durationSec } = probe.video;
  const samples =
    probe.audio === null
      ? new Float32Array(0)
      : await decodeAudio(tools, filePath, { sampleRateHz: ANALYSIS_SAMPLE_RATE_HZ, signal });
  const analysis = analyseSamples(samples, ANALYSIS_SAMPLE_RATE_HZ);
  const rhythm = rhythmOfClip({ ...analysis, durationSec }, clip);
  if (rhythm === null) {
    throw ingestError('INGEST_CLIP', 'no tempo: its sound has no beat and its annotation no estimated_tempo');
  }
  const counts = wholeCounts({ durationSec, ...rhythm });
  if (counts === 0) throw ingestError('INGEST_CLIP', 'it is too short: it holds no four counts of dance');
  return { durationSec, ...rhythm, counts, embedding: { audio: analysis.embedding } };
}
