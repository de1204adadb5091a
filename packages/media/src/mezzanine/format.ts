import type { FrameRate } from '../frame-rate.ts';
import type { PictureSize } from './picture-size.ts';

/**
 * The mezzanine is the house format of a prepared clip: what a video is assembled from by copying packets.
 *
 * H.264 High, 4:2:0, BT.709, limited range, one size for all, 30 pictures a second, no B-frames, one reference; closed
 * groups of pictures that begin on the clip's counts; headers that do not depend on what is encoded, so that packets of
 * different clips follow each other under one parameter set; clock 90,000; no sound; the index in front.
 *
 * Raised whenever a clip would come out so different that it has to be prepared again.
 */
export const MEZZANINE_VERSION = 1;

export const MEZZANINE_FRAME_RATE: FrameRate = { num: 30, den: 1 };

/** Ticks a second: every usual frame lasts a whole number of them. */
export const MEZZANINE_TIMESCALE = 90_000;

/** The compatible brand in the file type box by which a reader knows a mezzanine of version 1. */
export const MEZZANINE_BRAND = 'bbm1';

/** Those that write byte-identical parameter sets: ultrafast (no CABAC), fast and slower (other PPS) do not. */
export type MezzaninePreset = 'superfast' | 'veryfast' | 'faster';

/** On clips of a dance floor at 720p about 1.9 Mbit/s, not to be told from the source at a glance. */
const CONSTANT_RATE_FACTOR = 20;

/**
 * `stitchable` keeps the headers free of what was encoded; the rest names all that they would otherwise take from the
 * preset. Keyframes come where they are forced, and nowhere else.
 */
const ENCODER_PARAMETERS = [
  'stitchable=1',
  'scenecut=0',
  'open-gop=0',
  'bframes=0',
  'ref=1',
  'weightp=0',
  'keyint=infinite',
  'min-keyint=1',
  'force-cfr=1',
].join(':');

/** Supplemental messages say which encoder it was; the parameter sets in the index are all a decoder needs. */
const SUPPLEMENTAL_UNITS = 6;

/** Pictures in macroblocks of 16x16 up to which a level goes, at 30 a second; ITU-T H.264, table A-1. */
const LEVELS: readonly (readonly [macroblocks: number, level: string])[] = [
  [8_192, '4.0'],
  [32_768, '5.1'],
  [139_264, '6.0'],
];

export interface MezzanineEncodingOptions {
  readonly preset: MezzaninePreset;
  readonly size: PictureSize;
  /** Pictures that become keyframes, by number, ascending; the first one of a file always does. */
  readonly keyframeFrames: readonly number[];
}

/**
 * ffmpeg's output options for pictures in the house format. What they are given must be house pictures already (see
 * `housePictureFilters`): nothing is scaled or converted here.
 *
 * Source: ffmpeg-codecs(1), libx264; x264 --fullhelp, `--stitchable`.
 */
export function mezzanineEncoding({ preset, size, keyframeFrames }: MezzanineEncodingOptions): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', preset, '-profile:v', 'high', '-level:v', levelOf(size)],
    ...['-crf', String(CONSTANT_RATE_FACTOR), '-pix_fmt', 'yuv420p', '-x264-params', ENCODER_PARAMETERS],
    ...forcedKeyframes(keyframeFrames),
    ...['-bsf:v', `filter_units=remove_types=${SUPPLEMENTAL_UNITS}`],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
    ...['-video_track_timescale', String(MEZZANINE_TIMESCALE)],
  ];
}

/** ffmpeg rounds a time to the nearest tick of the encoder's clock, which is the frame it was made of. */
function forcedKeyframes(frames: readonly number[]): string[] {
  if (frames.length === 0) return [];
  const { num, den } = MEZZANINE_FRAME_RATE;
  const times = frames.map((frame) => ((frame * den) / num).toFixed(6));
  return ['-force_key_frames', times.join(','), '-forced-idr', '1'];
}

function levelOf({ width, height }: PictureSize): string {
  const macroblocks = Math.ceil(width / 16) * Math.ceil(height / 16);
  return LEVELS.find(([most]) => macroblocks <= most)?.[1] ?? '6.2';
}
