import type { FrameRate } from './frame-rate.ts';

/** What ffprobe says about a file, in our words. Absent facts are undefined, never 0. */
export interface MediaProbe {
  /** Length of the longest stream in seconds; 0 where the file does not say. */
  readonly durationSec: number;
  /** ffmpeg's name of the format: `mov,mp4,m4a,3gp,3g2,mj2`, `mp3`, `wav`. */
  readonly container: string;
  readonly sizeBytes: number;
  /** Of all kinds. */
  readonly streamCount: number;
  /**
   * Tags with lower-case names: `title`, `artist`, ...; the file's own and, where it has none of a name, those of its first
   * sound, for Ogg keeps them there.
   */
  readonly tags: Readonly<Record<string, string>>;
  /** The first moving picture (a cover picture in a song is none), or null. */
  readonly video: VideoStream | null;
  /** The first sound, or null. */
  readonly audio: AudioStream | null;
}

export interface VideoStream {
  /** Which stream of the file it is, counted from 0 over all kinds: `-map 0:<index>`. */
  readonly index: number;
  /** `h264`, `hevc`, `vp9`, ... */
  readonly codec: string;
  /** Pixels as stored, before `rotation`. */
  readonly width: number;
  readonly height: number;
  /** The average over the file; for a file of constant rate exactly its rate. */
  readonly frameRate: FrameRate;
  /** `yuv420p`, `yuv420p10le`, ... */
  readonly pixelFormat: string;
  /** As the container lists it; undefined where it has no such list. */
  readonly frameCount: number | undefined;
  readonly durationSec: number;
  /** When the first picture is shown, in seconds after the file's own start. */
  readonly startSec: number;
  /** Degrees clockwise that a player turns the picture: 90, 180, 270; undefined for 0. */
  readonly rotation: number | undefined;
  /** Matrix: `bt709`, `smpte170m`, `bt2020nc`, ...; undefined where the file does not say. */
  readonly colorSpace: string | undefined;
  /** `bt709`, `bt2020`, `smpte432`, ...; undefined where the file does not say. */
  readonly colorPrimaries: string | undefined;
  /** `bt709`, `smpte2084` (PQ), `arib-std-b67` (HLG), ...; undefined where the file does not say. */
  readonly colorTransfer: string | undefined;
  /** Undefined where the file does not say. */
  readonly colorRange: 'limited' | 'full' | undefined;
  /** Each picture holds two moments, in alternating lines. */
  readonly isInterlaced: boolean;
}

export interface AudioStream {
  /** `aac`, `mp3`, `pcm_s16le`, ... */
  readonly codec: string;
  readonly sampleRateHz: number;
  readonly channelCount: number;
  /** As the stream says, or its first frames do; undefined where neither does. */
  readonly bitsPerSecond: number | undefined;
  readonly durationSec: number;
  /** When the first sound is heard, in seconds after the file's own start. */
  readonly startSec: number;
}
