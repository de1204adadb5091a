import { type FrameRate, houseLookFilters, type PictureSize, type VideoStream } from '@bachata-buddy/media';
import type { Fade, Shot } from './plan.ts';
import type { Segment } from './segments.ts';

/** One `-i` of a segment: where reading begins, and the filters' idea of time 0. */
export interface GraphInput {
  readonly clipKey: string;
  /** Never negative. */
  readonly seekSec: number;
}

export interface GraphOptions {
  readonly frameRate: FrameRate;
  readonly size: PictureSize;
  /** The picture of each clip, by key. */
  readonly videos: ReadonlyMap<string, VideoStream>;
}

export interface SegmentGraph {
  readonly inputs: readonly GraphInput[];
  /** For `-filter_complex`; its result is called `[out]`. */
  readonly filters: string;
}

/** Ticks a second of the clips' clock while they are retimed: the usual video clock, far finer than a frame. */
const SOURCE_TIME_BASE = 90_000;

/**
 * The filter graph that makes exactly `segment.frameCount` frames.
 *
 * Each shot is brought to the output's clock and size, cut or held to its exact number of frames and faded. Then
 * `xfade` joins it to what is before, a cut being a mix of no frames. (`concat` would do for cuts, but loses a
 * frame behind an `xfade` in ffmpeg 5.)
 */
export function buildSegmentGraph(segment: Segment, { frameRate, size, videos }: GraphOptions): SegmentGraph {
  const inputs: GraphInput[] = [];
  const statements: string[] = [];
  let joined: { label: string; frameCount: number } | undefined;
  for (const [index, shot] of segment.shots.entries()) {
    const isFirst = joined === undefined;
    const shown = isFirst || shot.fadeIn ? shot : leadIn(shot, frameRate);
    const { input, chain } = shotChain(shown, index, { frameRate, size, videos });
    inputs.push(input);
    statements.push(chain, ...fadeStatements(shot, index, isFirst ? 0 : 1, frameRate, size));
    const frameCount = shot.endFrame - shot.firstFrame;
    const label = `shot${index}`;
    if (joined === undefined) {
      joined = { label, frameCount };
      continue;
    }
    const before = joined.frameCount - shot.mixFrameCount;
    const result = `joined${index}`;
    const join = xfade(shot.mixFrameCount + 1, before - 1, frameRate);
    statements.push(`[${joined.label}][${label}]${join}[${result}]`);
    joined = { label: result, frameCount: before + frameCount };
  }
  // Colour tags are set the same on every segment, for segments with different headers do not join.
  const tags = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';
  statements.push(`[${joined?.label}]${tags}[out]`);
  return { inputs, filters: statements.join(';') };
}

/**
 * The shot with one frame in front. A mix begins on that frame, wholly on the old picture: so the frames of a mix
 * are weighted evenly around its middle, and a cut shows nothing of the new picture too early.
 */
function leadIn(shot: Shot, frameRate: FrameRate): Shot {
  const frameSec = frameRate.den / frameRate.num;
  return {
    ...shot,
    firstFrame: shot.firstFrame - 1,
    sourceStartSec: shot.sourceStartSec - frameSec * shot.playbackRate,
  };
}

function shotChain(
  shot: Shot,
  index: number,
  { frameRate, size, videos }: GraphOptions,
): { input: GraphInput; chain: string } {
  const video = videos.get(shot.clipKey);
  if (video === undefined) throw new Error(`No picture of clip ${shot.clipKey}`);
  const seekSec = Math.max(0, shot.sourceStartSec);
  const waitSec = seekSec - shot.sourceStartSec;
  const frames = shot.endFrame - shot.firstFrame;
  const filters = [
    `settb=1/${SOURCE_TIME_BASE}`,
    ...(shot.sourceEndSec === undefined ? [] : [`trim=end=${decimal(shot.sourceEndSec - seekSec)}`]),
    `setpts=(PTS+${decimal(waitSec * SOURCE_TIME_BASE)})/${decimal(shot.playbackRate)}`,
    `fps=fps=${rate(frameRate)}:start_time=0:round=near`,
    ...houseLookFilters(video, size),
    `tpad=stop_mode=clone:stop=${frames}`,
    `trim=end_frame=${frames}`,
  ];
  return {
    input: { clipKey: shot.clipKey, seekSec },
    chain: `[${index}:${video.index}]${filters.join(',')}[${isFaded(shot) ? 'raw' : 'shot'}${index}]`,
  };
}

function isFaded(shot: Shot): boolean {
  return shot.fadeIn !== undefined || shot.fadeOut !== undefined;
}

/**
 * Fades are mixes with a picture of one colour, which is wholly there on the last frame out and the first frame in.
 * `leadFrames` of colour go in front of a fade in, for the join.
 */
function fadeStatements(
  { fadeIn, fadeOut, firstFrame, endFrame }: Shot,
  index: number,
  leadFrames: number,
  frameRate: FrameRate,
  size: PictureSize,
): string[] {
  const statements: string[] = [];
  let label = `raw${index}`;
  if (fadeIn !== undefined) {
    const result = fadeOut === undefined ? `shot${index}` : `lit${index}`;
    statements.push(
      `${colour(fadeIn, leadFrames + fadeIn.frameCount, frameRate, size)}[in${index}]`,
      `[in${index}][${label}]${xfade(fadeIn.frameCount, leadFrames, frameRate)}[${result}]`,
    );
    label = result;
  }
  if (fadeOut !== undefined) {
    const offset = leadFrames + endFrame - firstFrame - fadeOut.frameCount - 1;
    statements.push(
      `${colour(fadeOut, fadeOut.frameCount + 1, frameRate, size)}[out${index}]`,
      `[${label}][out${index}]${xfade(fadeOut.frameCount, offset, frameRate)}[shot${index}]`,
    );
  }
  return statements;
}

function colour(
  fade: Fade,
  frameCount: number,
  frameRate: FrameRate,
  { width, height }: PictureSize,
): string {
  const source = `color=c=${fade.colour}:s=${width}x${height}:r=${rate(frameRate)}`;
  return `${source},format=yuv420p,setsar=1,trim=end_frame=${frameCount}`;
}

function xfade(frameCount: number, offsetFrames: number, frameRate: FrameRate): string {
  const seconds = (frames: number): string => decimal((frames * frameRate.den) / frameRate.num);
  return `xfade=transition=fade:duration=${seconds(frameCount)}:offset=${seconds(offsetFrames)}`;
}

function rate({ num, den }: FrameRate): string {
  return `${num}/${den}`;
}

/** Plain notation with nine decimals: ffmpeg's options do not all read 1e-7. */
function decimal(value: number): string {
  return value.toFixed(9);
}
