import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseBlueprint, type ResolvedBlueprint, resolveBlueprint } from '@bachata-buddy/blueprint';
import {
  findMediaTools,
  MEZZANINE_BRAND,
  type MediaTools,
  readMovie,
  sampleRun,
  writeMovie,
} from '@bachata-buddy/media';
import { synthesise } from '@bachata-buddy/media/testkit';
import { withScratchDirectory } from '@bachata-buddy/platform';
import { makeLocalStore } from '@bachata-buddy/storage';
import type { Test } from 'tap';
import { type AssembledVideo, assembleVideo } from '../src/assemble.ts';
import { houseEncoding } from '../src/render/copied/house-encoding.ts';
import type { KeptParts } from '../src/render/kept-parts.ts';

/*
 * Clips whose every frame says which frame it is: picture n is a plain area of brightness 30 + 3n, in a colour of
 * the clip's own. So the frames of a rendered video tell, each for itself, which pictures they show and how much
 * of each. That is the oracle of these tests: nothing of it is computed by the renderer.
 */

export const WIDTH = 64;
export const HEIGHT = 36;
const LUMA_OF_FIRST = 30;
const LUMA_STEP = 3;

export interface Colour {
  readonly cb: number;
  readonly cr: number;
}

const RED: Colour = { cb: 90, cr: 200 };
export const BLUE: Colour = { cb: 200, cr: 90 };

export interface ClipOptions {
  readonly frames: number;
  readonly colour?: Colour;
  readonly fps?: string;
  /** Encoder and muxer options; lossless H.264 by default. */
  readonly encoding?: readonly string[];
  readonly size?: string;
  /** More filters behind the one that paints. */
  readonly filters?: string;
  readonly hasSound?: boolean;
}

/** Makes a clip under `directory`, which must exist. */
export async function makeClip(directory: string, name: string, options: ClipOptions): Promise<void> {
  const { frames, colour = RED, fps = '30', size = `${WIDTH}x${HEIGHT}`, filters = 'null' } = options;
  const paint = `geq=lum='${LUMA_OF_FIRST}+${LUMA_STEP}*N':cb=${colour.cb}:cr=${colour.cr}`;
  const encoding = ['-c:v', 'libx264', '-qp', '0', '-preset', 'ultrafast', '-g', '20', '-bf', '0'];
  await synthesise(join(directory, name), [
    ...['-f', 'lavfi', '-i', `color=black:s=${size}:r=${fps},format=yuv420p,${paint},${filters}`],
    ...(options.hasSound ? ['-f', 'lavfi', '-i', 'sine=f=3000:d=1', '-c:a', 'aac'] : []),
    ...['-frames:v', String(frames), ...encoding],
    ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...(options.encoding ?? []),
  ]);
}

/** A clip in the house format: what `makeClip` makes, coded as preparation codes it but for the options of its own. */
export async function makePrepared(
  directory: string,
  name: string,
  { keyframes, ...options }: ClipOptions & { readonly keyframes: readonly number[] },
): Promise<void> {
  const draft = join(directory, `draft-${name}`);
  const encoding = houseEncoding({
    size: { width: WIDTH, height: HEIGHT },
    keyframes,
    bitsPerSecond: undefined,
    threadCount: 1,
  });
  await makeClip(directory, `draft-${name}`, {
    ...options,
    encoding: [...encoding, '-qp', '-1', '-crf', '8', ...(options.encoding ?? [])],
  });
  const track = (await readMovie(draft)).tracks[0]!;
  const durationTicks = new Uint32Array(track.samples.count).fill(3_000);
  await writeMovie({
    path: join(directory, name),
    brands: [MEZZANINE_BRAND],
    tracks: [{ ...track, handler: 'vide', startTicks: 0, runs: [sampleRun(draft, track, 0, durationTicks)] }],
  });
}

/** A tone of 440 Hz, by default at half of full scale. */
export async function makeSong(
  directory: string,
  name: string,
  durationSec: number,
  amplitude = '0.5',
): Promise<void> {
  const tone = `aevalsrc=${amplitude}*sin(2*PI*440*t):d=${durationSec}:s=44100`;
  await synthesise(join(directory, name), ['-f', 'lavfi', '-i', tone, '-ac', '2']);
}

export interface TestMove {
  readonly clip: string;
  readonly startSec: number;
  readonly durationSec: number;
  readonly transition?: string;
  readonly trimStartSec?: number;
  readonly trimEndSec?: number;
  readonly rate?: number;
  readonly volume?: number;
}

export interface TestDocument {
  readonly moves: readonly TestMove[];
  readonly totalSec: number;
  readonly output?: Record<string, unknown>;
  readonly taskId?: string;
}

/** A blueprint document; its song is `song.wav`. */
export function documentOf({
  moves,
  totalSec,
  output,
  taskId = 'test',
}: TestDocument): Record<string, unknown> {
  return {
    task_id: taskId,
    audio_path: 'song.wav',
    moves: moves.map((move, index) => ({
      clip_id: `move_${index + 1}`,
      video_path: move.clip,
      start_time: move.startSec,
      duration: move.durationSec,
      transition_type: move.transition ?? 'cut',
      ...(move.trimStartSec === undefined ? {} : { trim_start: move.trimStartSec }),
      ...(move.trimEndSec === undefined ? {} : { trim_end: move.trimEndSec }),
      ...(move.rate === undefined ? {} : { playback_rate: move.rate }),
      ...(move.volume === undefined ? {} : { volume_adjustment: move.volume }),
    })),
    total_duration: totalSec,
    output_config: { output_path: `output/choreography_${taskId}.mp4`, ...output },
  };
}

export function blueprintOf(document: TestDocument): ResolvedBlueprint {
  return resolveBlueprint(parseBlueprint(documentOf(document)));
}

export interface RenderedVideo extends AssembledVideo {
  readonly frames: readonly Frame[];
}

export interface RenderOptions {
  /** Default 2. */
  readonly concurrency?: number;
  /** Default false: it takes as long again, and most tests look at pictures. */
  readonly hasSound?: boolean;
  /** Default: those of this machine. */
  readonly tools?: MediaTools;
  /** Default: nothing is kept. */
  readonly kept?: KeptParts;
}

/** Renders with the clips of `directory`, and says what its pictures show; the video stays there as `video.mp4`. */
export async function render(
  t: Test,
  directory: string,
  document: TestDocument,
  options: RenderOptions = {},
): Promise<RenderedVideo> {
  const { ffmpegPath } = await findMediaTools();
  const video = await renderInto(t, directory, document, options);
  return { ...video, frames: readFrames(ffmpegPath, video.path) };
}

/** The same, but nobody looks at the pictures. @returns the file */
export async function renderOnly(
  t: Test,
  directory: string,
  document: TestDocument,
  options: RenderOptions = {},
): Promise<string> {
  return (await renderInto(t, directory, document, options)).path;
}

async function renderInto(
  t: Test,
  directory: string,
  document: TestDocument,
  { concurrency = 2, hasSound = false, tools, kept }: RenderOptions,
): Promise<AssembledVideo> {
  const output = { constant_frame_rate: true, ...document.output, add_audio_overlay: hasSound };
  const found = tools ?? (await findMediaTools());
  const store = makeLocalStore({ rootDirectory: directory });
  const scratch = { purpose: 'render', parent: t.testdirName };
  const video = await withScratchDirectory(scratch, async (temporary) => {
    const made = await assembleVideo({
      tools: found,
      store,
      concurrency,
      kept,
      directory: temporary,
      blueprint: blueprintOf({ ...document, output }),
      size: { width: WIDTH, height: HEIGHT },
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    await store.putFile(made.path, 'video.mp4', { contentType: 'video/mp4' });
    return made;
  });
  return { ...video, path: join(directory, 'video.mp4') };
}

/** The middle of a picture. */
export interface Frame {
  readonly luma: number;
  readonly cb: number;
  readonly cr: number;
  /** Brightness of the top left pixel, which is a bar where the clip has another shape than the video. */
  readonly cornerLuma: number;
}

export function readFrames(ffmpegPath: string, path: string): Frame[] {
  const format = [
    '-vf',
    'setpts=N',
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'yuv420p',
    '-',
  ];
  const args = ['-v', 'error', '-i', path, '-map', '0:v', ...format];
  const bytes = execFileSync(ffmpegPath, args, { maxBuffer: 1 << 28 });
  const lumaSize = WIDTH * HEIGHT;
  const chromaSize = lumaSize / 4;
  const frameSize = lumaSize + 2 * chromaSize;
  const middle = (HEIGHT / 2) * WIDTH + WIDTH / 2;
  const chromaMiddle = (HEIGHT / 4) * (WIDTH / 2) + WIDTH / 4;
  return Array.from({ length: bytes.length / frameSize }, (_, n) => {
    const at = (offset: number): number => bytes[n * frameSize + offset]!;
    return {
      luma: at(middle),
      cb: at(lumaSize + chromaMiddle),
      cr: at(lumaSize + chromaSize + chromaMiddle),
      cornerLuma: at(0),
    };
  });
}

/** Which picture of its clip a frame shows; a fraction where it is between two. */
export function pictureOf(frame: Frame | undefined): number {
  return frame === undefined ? Number.NaN : (frame.luma - LUMA_OF_FIRST) / LUMA_STEP;
}

export function lumaOf(picture: number): number {
  return LUMA_OF_FIRST + LUMA_STEP * picture;
}

/** How much of a frame is the blue clip, 0 to 1, where the rest is the red one. */
export function shareOfBlue(frame: Frame | undefined): number {
  return frame === undefined ? Number.NaN : (frame.cb - RED.cb) / (BLUE.cb - RED.cb);
}

/** Every frame's clip and picture: `R12`, `B0`; `?` for a mix. */
export function script(frames: readonly Frame[]): string[] {
  return frames.map((frame) => {
    const blue = shareOfBlue(frame);
    const clip = blue < 0.05 ? 'R' : blue > 0.95 ? 'B' : '?';
    return `${clip}${Math.round(pictureOf(frame))}`;
  });
}

/** `R3 R4 R5 ...`: pictures `first` to `last` of a clip, both included. */
export function pictures(clip: 'R' | 'B', first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, n) => `${clip}${first + n}`);
}

/** One picture for a while. */
export function held(clip: 'R' | 'B', picture: number, count: number): string[] {
  return new Array<string>(count).fill(`${clip}${picture}`);
}
