export { toBitsPerSecond } from './bit-rate.ts';
export { decodeAudio, decodeAudioInto } from './decode-audio.ts';
export { MEDIA_ERRORS, mediaError } from './errors.ts';
export { ffmpegComplaint } from './ffmpeg-complaint.ts';
export { makeFfmpegProgressParser } from './ffmpeg-progress.ts';
export {
  findMediaTools,
  locateMediaTools,
  requireCapableFfmpeg,
} from './find-media-tools.ts';
export { type FrameRate, frameAtTime, framesToHold, toFrameRate } from './frame-rate.ts';
export { hashRecording } from './hash-recording.ts';
export { guardedInput } from './input-guards.ts';
export type { MediaProbe, VideoStream } from './media-probe.ts';
export { MediaToolVariables } from './media-tool-variables.ts';
export type { MediaPrograms, MediaTools } from './media-tools.ts';
export * from './mezzanine/index.ts';
export type { Movie, MovieTrack } from './mp4/movie.ts';
export type { SampleRun, TrackToWrite } from './mp4/movie-to-write.ts';
export { listTopBoxes, readMovie, type TopBox } from './mp4/read-movie.ts';
export { parameterSetsOf, withoutBitRate } from './mp4/sample-entry.ts';
export { sampleRun } from './mp4/sample-run.ts';
export { writeMovie } from './mp4/write-movie.ts';
export { probeMedia, requireAudio, requireVideo } from './probe-media.ts';
export { parseRenderSize, RenderSizeVariable } from './render-size.ts';
export { MAX_RENDER_CONCURRENCY, RenderVariables } from './render-variables.ts';
export { requirePictures } from './require-pictures.ts';
export { type FfmpegOutcome, type FfmpegRun, runFfmpeg } from './run-ffmpeg.ts';
