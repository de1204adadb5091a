export {
  ANALYSIS_SAMPLE_RATE_HZ,
  ANALYSIS_VERSION,
  analysePacked,
  analyseSamples,
} from './analyse.ts';
export { analyseInWorker } from './analyse-in-worker.ts';
export { type AnalysisCache, analyseSong } from './analyse-song.ts';
export { EMBEDDING_SIZE } from './embedding.ts';
export { MUSIC_ERRORS } from './errors.ts';
export { changeGrid, type GridChange } from './grid-change.ts';
export { makeSoundPacker, type PackedSound } from './packed-sound.ts';
export type { SectionLabel, SongAnalysis } from './song-analysis.ts';
export { SECTION_LABELS } from './song-analysis.ts';
export { typicalPart } from './typical-part.ts';
export { PEAKS_PER_SEC, peaksOf, WAVEFORM_VERSION } from './waveform.ts';
