import { decodeAudio, type MediaTools, probeMedia, requirePictures } from '@bachata-buddy/media';
import { ANALYSIS_SAMPLE_RATE_HZ, analyseSamples, type SongAnalysis } from '@bachata-buddy/music';
import type { AnnotatedClip } from './annotations.ts';
import { wholeCounts } from './clip-counts.ts';
import { ingestError } from './errors.ts';

/** Below this a measured tempo, or beat, is a guess, and the annotation's tempo is taken where there is one. */
const CONFIDENCE_MINIMUM = 0.3;
/** A measured tempo this near to the annotation's is confirmed by it: its octave may have been the only doubt. */
const SAME_TEMPO_SHARE = 0.06;

/** What the planner needs to know of a clip, measured from its file. */
export interface MeasuredClip {
  readonly durationSec: number;
  readonly tempoBpm: number;
  readonly firstDownbeatSec: number;
  readonly counts: number;
  readonly beats: readonly number[];
  readonly embedding: { readonly audio: readonly number[] };
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
  const rhythm = rhythmOf(analysis, clip);
  if (rhythm === null) {
    throw ingestError('INGEST_CLIP', 'no tempo: its sound has no beat and its annotation no estimated_tempo');
  }
  const counts = wholeCounts({ durationSec, ...rhythm });
  if (counts === 0) throw ingestError('INGEST_CLIP', 'it is too short: it holds no four counts of dance');
  return { durationSec, ...rhythm, counts, embedding: { audio: analysis.embedding } };
}

/** The measured beats where they can be trusted, else the annotation's tempo from the file's start. */
function rhythmOf(
  { tempoBpm, beats, downbeats, confidence }: SongAnalysis,
  { estimatedTempoBpm }: AnnotatedClip,
): { tempoBpm: number; firstDownbeatSec: number; beats: readonly number[] } | null {
  const [firstDownbeatSec] = downbeats;
  const isConfirmed =
    estimatedTempoBpm === null || Math.abs(tempoBpm / estimatedTempoBpm - 1) <= SAME_TEMPO_SHARE;
  const isTempoSure = confidence.tempo >= CONFIDENCE_MINIMUM || isConfirmed;
  const isTrusted = estimatedTempoBpm === null || (isTempoSure && confidence.beat >= CONFIDENCE_MINIMUM);
  if (firstDownbeatSec !== undefined && isTrusted) return { tempoBpm, firstDownbeatSec, beats };
  return estimatedTempoBpm === null ? null : { tempoBpm: estimatedTempoBpm, firstDownbeatSec: 0, beats: [] };
}
