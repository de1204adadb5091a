export { type DecodeAudioOptions, decodeAudio } from './decode-audio.ts';
export { ffmpegComplaint } from './ffmpeg-complaint.ts';
export {
  type FfmpegProgress,
  type FfmpegProgressParser,
  makeFfmpegProgressParser,
} from './ffmpeg-progress.ts';
export { type FindMediaToolsOptions, findMediaTools } from './find-media-tools.ts';
export { type FrameRate, frameAtTime, framesToHold, timeOfFrame, toFrameRate } from './frame-rate.ts';
export { guardedInput, inputGuards } from './input-guards.ts';
export type { AudioStream, MediaProbe, VideoStream } from './media-probe.ts';
export { MediaToolVariables } from './media-tool-variables.ts';
export type { MediaTools } from './media-tools.ts';
export { type ProbeOptions, probeMedia, requireAudio, requireVideo } from './probe-media.ts';
export { type FfmpegOutcome, type FfmpegRun, runFfmpeg } from './run-ffmpeg.ts';
