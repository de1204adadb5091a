import {
  guardedInput,
  type MediaPrograms,
  type Movie,
  type MovieTrack,
  parameterSetsOf,
  readMovie,
  runFfmpeg,
} from '@bachata-buddy/media';
import type { AppError } from '@bachata-buddy/platform';
import { jobError } from '../errors.ts';
import { frameCountOf, type Picture, ticksOf } from '../render/picture.ts';

/** Sound may be longer or shorter than the picture by this. */
const MAX_DIFFERENCE_SEC = 1 / 30;
/** Pictures decoded at a join, half of them before it. */
const DECODED_FRAMES = 8;

export interface VerifyOptions {
  readonly tools: MediaPrograms;
  readonly path: string;
  /** What the file was made of. */
  readonly picture: Picture;
  readonly hasSound: boolean;
  readonly signal: AbortSignal;
}

export interface VerifiedVideo {
  readonly durationSec: number;
  readonly sizeBytes: number;
}

/**
 * Reads the finished file as a stranger would and compares it with what it was made of: codecs, size, the exact number
 * of pictures, both lengths, the index in front; that every part begins with a picture that decodes by itself, at its
 * time. Then decodes what is around a join in the middle.
 *
 * @throws AppError `JOB_OUTPUT_INVALID` naming everything that is wrong; of `runFfmpeg`
 */
export async function verifyVideo(options: VerifyOptions): Promise<VerifiedVideo> {
  const { path, picture, hasSound } = options;
  const movie = await readMovie(path);
  const [video, sound, ...others] = movie.tracks;
  const problems = [...pictureProblems(video, picture), ...soundProblems(sound, video, hasSound)];
  if (others.length > 0) problems.push('it has more than picture and sound');
  if (!movie.isIndexInFront) problems.push('the index is not in front');
  if (problems.length > 0) throw notAsPlanned(problems, movie);
  await decodeAround(middleJoinSec(picture), options);
  return { durationSec: secondsOf(video), sizeBytes: movie.fileBytes };
}

function pictureProblems(track: MovieTrack | undefined, picture: Picture): string[] {
  if (track?.handler !== 'vide') return ['it has no picture'];
  const problems: string[] = [];
  const wanted = parameterSetsOf(picture.sampleEntry);
  const found = parameterSetsOf(track.sampleEntry);
  if (track.codec !== 'avc1' || found === undefined || wanted?.equals(found) !== true) {
    problems.push('it is coded otherwise');
  }
  if (track.width !== picture.width || track.height !== picture.height) {
    problems.push(`it measures ${track.width}x${track.height}`);
  }
  const { samples } = track;
  const frameCount = frameCountOf(picture);
  if (samples.count !== frameCount) problems.push(`it has ${samples.count} of ${frameCount} frames`);
  let first = 0;
  for (const [part, run] of picture.runs.entries()) {
    const isAsPlanned = run.durationTicks.every((ticks, n) => samples.durationTicks[first + n] === ticks);
    if (!isAsPlanned) problems.push(`part ${part} is shown at other times`);
    if (samples.isSync[first] !== 1) problems.push(`part ${part} does not begin with a keyframe`);
    first += run.sizes.length;
  }
  return problems;
}

function soundProblems(
  sound: MovieTrack | undefined,
  video: MovieTrack | undefined,
  hasSound: boolean,
): string[] {
  if (!hasSound) return sound === undefined ? [] : ['it has sound'];
  if (sound?.handler !== 'soun') return ['it has no sound'];
  if (sound.codec !== 'mp4a') return [`its sound is ${sound.codec}`];
  const differenceSec = Math.abs(secondsOf(sound) - secondsOf(video));
  return differenceSec > MAX_DIFFERENCE_SEC ? [`its sound is ${secondsOf(sound)} s long`] : [];
}

function secondsOf(track: MovieTrack | undefined): number {
  if (track === undefined) return 0;
  const ticks = track.samples.durationTicks.reduce((sum, duration) => sum + duration, 0);
  return (ticks - track.startTicks) / track.timescale;
}

/** The join nearest to the middle, or the middle where there is none. */
function middleJoinSec(picture: Picture): number {
  const middle = ticksOf(picture) / 2;
  let at = 0;
  let nearest = Number.POSITIVE_INFINITY;
  for (const run of picture.runs) {
    if (at > 0 && Math.abs(at - middle) < Math.abs(nearest - middle)) nearest = at;
    at += run.durationTicks.reduce((sum, ticks) => sum + ticks, 0);
  }
  return (Number.isFinite(nearest) ? nearest : middle) / picture.timescale;
}

/** What cannot be decoded is an error here; elsewhere ffmpeg would conceal it. */
async function decodeAround(atSec: number, { tools, path, signal }: VerifyOptions): Promise<void> {
  const fromSec = Math.max(0, atSec - DECODED_FRAMES / 2 / 30);
  await runFfmpeg({
    tools,
    args: [
      ...['-threads', '1', '-err_detect', 'explode', '-xerror', '-ss', fromSec.toFixed(6)],
      ...guardedInput(path),
      ...['-map', '0:v:0', '-frames:v', String(DECODED_FRAMES), '-f', 'null', '-'],
    ],
    signal,
  });
}

function notAsPlanned(problems: readonly string[], movie: Movie): AppError {
  const message = `FFmpeg error: the video is not as planned: ${problems.join(', ')}`;
  const details = { problems, fileBytes: movie.fileBytes, trackCount: movie.tracks.length };
  return jobError('JOB_OUTPUT_INVALID', message, { details });
}
