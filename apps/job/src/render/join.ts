import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type FrameRate, type MediaTools, runFfmpeg, timeOfFrame } from '@bachata-buddy/media';
import type { RenderedSegment } from './render-segments.ts';

export interface JoinOptions {
  readonly tools: MediaTools;
  /** In order; their files are all in `directory`. */
  readonly segments: readonly RenderedSegment[];
  readonly frameRate: FrameRate;
  /** Undefined: the video has no sound. */
  readonly soundtrackPath: string | undefined;
  readonly title: string | undefined;
  readonly directory: string;
  readonly signal: AbortSignal;
}

/**
 * Joins segments and soundtrack by copying, with the index in front so that playing starts before the whole file
 * is there.
 *
 * @returns the file
 * @throws AppError of `runFfmpeg`
 */
export async function joinSegments(options: JoinOptions): Promise<string> {
  const { tools, segments, frameRate, soundtrackPath, title, directory, signal } = options;
  const listPath = join(directory, 'segments.txt');
  // Names without a folder: the concat demuxer reads beside its list, and refuses anything else.
  await writeFile(listPath, concatList(segments, frameRate));
  const path = join(directory, 'video.mp4');
  await runFfmpeg({
    tools,
    args: [
      ...['-f', 'concat', '-i', listPath],
      ...(soundtrackPath === undefined ? [] : ['-i', soundtrackPath]),
      ...['-map', '0:v:0', ...(soundtrackPath === undefined ? [] : ['-map', '1:a:0']), '-c', 'copy'],
      ...['-map_metadata', '-1', ...(title === undefined ? [] : ['-metadata', `title=${title}`])],
      ...['-movflags', '+faststart', '-f', 'mp4', path],
    ],
    signal,
  });
  return path;
}

/**
 * A list for ffmpeg's concat demuxer. The lengths a file states are in milliseconds; these come from the whole
 * timeline, so that no segment begins a tick late. Source: ffmpeg-formats(1), `concat`.
 */
export function concatList(segments: readonly RenderedSegment[], frameRate: FrameRate): string {
  const microseconds = (frame: number): number => Math.round(timeOfFrame(frame, frameRate) * 1_000_000);
  const entries = segments.map(({ path, firstFrame, frameCount }) => {
    const duration = microseconds(firstFrame + frameCount) - microseconds(firstFrame);
    return `file ${basename(path)}\nduration ${(duration / 1_000_000).toFixed(6)}\n`;
  });
  return `ffconcat version 1.0\n${entries.join('')}`;
}
