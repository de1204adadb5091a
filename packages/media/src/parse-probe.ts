import type { FrameRate } from './frame-rate.ts';
import type { AudioStream, MediaProbe, VideoStream } from './media-probe.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Turns the JSON of `ffprobe -show_format -show_streams` into a {@link MediaProbe}.
 * Returns undefined where the text is no such document or names no format.
 */
export function parseProbe(json: string): MediaProbe | undefined {
  const document = toFields(parseJson(json));
  const format = toFields(document?.format);
  const container = format === undefined ? undefined : text(format.format_name);
  if (document === undefined || format === undefined || container === undefined) return undefined;
  const streams = (Array.isArray(document.streams) ? document.streams : [])
    .map(toFields)
    .filter((stream) => stream !== undefined);
  const fileDurationSec = number(format.duration) ?? 0;
  const fileStartSec = number(format.start_time) ?? 0;
  const video = streams.find((stream) => stream.codec_type === 'video' && !isCoverPicture(stream));
  const audio = streams.find((stream) => stream.codec_type === 'audio');
  return {
    durationSec: fileDurationSec,
    container,
    sizeBytes: number(format.size) ?? 0,
    streamCount: streams.length,
    tags: { ...toTags(audio?.tags), ...toTags(format.tags) },
    video: video === undefined ? null : toVideoStream(video, fileDurationSec, fileStartSec),
    audio: audio === undefined ? null : toAudioStream(audio, fileDurationSec, fileStartSec),
  };
}

function toVideoStream(stream: Fields, fileDurationSec: number, fileStartSec: number): VideoStream {
  return {
    index: number(stream.index) ?? 0,
    codec: text(stream.codec_name) ?? 'unknown',
    width: number(stream.width) ?? 0,
    height: number(stream.height) ?? 0,
    frameRate: toRate(stream.avg_frame_rate) ?? toRate(stream.r_frame_rate) ?? { num: 0, den: 1 },
    pixelFormat: text(stream.pix_fmt) ?? 'unknown',
    frameCount: number(stream.nb_frames),
    ...spanOf(stream, fileDurationSec, fileStartSec),
    rotation: toRotation(stream),
    colorSpace: known(stream.color_space),
    colorPrimaries: known(stream.color_primaries),
    colorTransfer: known(stream.color_transfer),
    colorRange: toRange(stream.color_range),
    // Top or bottom lines first, as coded and as shown: tt, bb, tb, bt.
    isInterlaced: /^[tb]{2}$/.test(text(stream.field_order) ?? ''),
  };
}

function known(value: unknown): string | undefined {
  return value === 'unknown' || value === 'reserved' ? undefined : text(value);
}

function toRange(value: unknown): VideoStream['colorRange'] {
  if (value === 'pc') return 'full';
  return value === 'tv' ? 'limited' : undefined;
}

function toAudioStream(stream: Fields, fileDurationSec: number, fileStartSec: number): AudioStream {
  return {
    codec: text(stream.codec_name) ?? 'unknown',
    sampleRateHz: number(stream.sample_rate) ?? 0,
    channelCount: number(stream.channels) ?? 0,
    bitsPerSecond: number(stream.bit_rate),
    ...spanOf(stream, fileDurationSec, fileStartSec),
  };
}

/** Matroska has no length of a stream but what is in a tag; without that a stream ends with the file. */
function spanOf(stream: Fields, fileDurationSec: number, fileStartSec: number) {
  const startSec = (number(stream.start_time) ?? fileStartSec) - fileStartSec;
  const endSec = clockTime(toTags(stream.tags).duration) ?? fileDurationSec;
  return { durationSec: number(stream.duration) ?? Math.max(0, endSec - startSec), startSec };
}

/** `00:01:02.500000000` in seconds. */
function clockTime(text: string | undefined): number | undefined {
  const [, hours, minutes, seconds] = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text ?? '') ?? [];
  if (seconds === undefined) return undefined;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function isCoverPicture(stream: Fields): boolean {
  const disposition = toFields(stream.disposition);
  return disposition?.attached_pic === 1 || disposition?.still_image === 1;
}

/** ffprobe counts degrees anticlockwise (-90 for a phone held upright); older files carry a clockwise `rotate` tag. */
function toRotation(stream: Fields): number | undefined {
  const sideData = (Array.isArray(stream.side_data_list) ? stream.side_data_list : []).map(toFields);
  const anticlockwise = sideData.map((entry) => number(entry?.rotation)).find((value) => value !== undefined);
  const clockwise = anticlockwise === undefined ? number(toFields(stream.tags)?.rotate) : -anticlockwise;
  if (clockwise === undefined) return undefined;
  const turned = (((Math.round(clockwise / 90) * 90) % 360) + 360) % 360;
  return turned === 0 ? undefined : turned;
}

function toRate(value: unknown): FrameRate | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(text(value) ?? '');
  const num = Number(match?.[1]);
  const den = Number(match?.[2]);
  return num > 0 && den > 0 ? { num, den } : undefined;
}

function toTags(value: unknown): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const [name, content] of Object.entries(toFields(value) ?? {})) {
    if (typeof content === 'string') tags[name.toLowerCase()] = content;
  }
  return tags;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function toFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** ffprobe writes most numbers as text and absent ones as `N/A`. */
function number(value: unknown): number | undefined {
  const candidate = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof candidate === 'number' && Number.isFinite(candidate) ? candidate : undefined;
}
