export { toBitsPerSecond } from './bit-rate.ts';
export { type DecodeAudioOptions, decodeAudio } from './decode-audio.ts';
export { ffmpegComplaint } from './ffmpeg-complaint.ts';
export {
  type FfmpegProgress,
  type FfmpegProgressParser,
  makeFfmpegProgressParser,
} from './ffmpeg-progress.ts';
export {
  type FindMediaToolsOptions,
  findMediaTools,
  locateMediaTools,
  requireCapableFfmpeg,
} from './find-media-tools.ts';
export { type FrameRate, frameAtTime, framesToHold, timeOfFrame, toFrameRate } from './frame-rate.ts';
export { guardedInput, inputGuards } from './input-guards.ts';
export type { AudioStream, MediaProbe, VideoStream } from './media-probe.ts';
export { MediaToolVariables } from './media-tool-variables.ts';
export type { MediaPrograms, MediaTools } from './media-tools.ts';
export * from './mezzanine/index.ts';
export type { Movie, MovieTrack, SampleTable } from './mp4/movie.ts';
export type { MovieToWrite, SampleRun, TrackToWrite } from './mp4/movie-to-write.ts';
export { listTopBoxes, readMovie, type TopBox } from './mp4/read-movie.ts';
export { parameterSetsOf, withoutBitRate } from './mp4/sample-entry.ts';
export { sampleRun } from './mp4/sample-run.ts';
export { writeMovie } from './mp4/write-movie.ts';
export { type ProbeOptions, probeMedia, requireAudio, requireVideo } from './probe-media.ts';
export { parseRenderSize, RenderSizeVariable } from './render-size.ts';
export { type FfmpegOutcome, type FfmpegRun, runFfmpeg } from './run-ffmpeg.ts';
