export {
  ANALYSIS_SAMPLE_RATE_HZ,
  ANALYSIS_VERSION,
  analyseClip,
  analyseSamples,
  type ClipAnalysis,
} from './analyse.ts';
export { analyseInWorker } from './analyse-in-worker.ts';
export { type AnalyseSongOptions, type AnalysisCache, analyseSong } from './analyse-song.ts';
export { EMBEDDING_SIZE } from './embedding.ts';
export type { SectionLabel, SongAnalysis, SongSection } from './song-analysis.ts';
export { SECTION_LABELS } from './song-analysis.ts';
