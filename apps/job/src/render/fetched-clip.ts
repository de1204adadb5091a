import type { VideoStream } from '@bachata-buddy/media';
import type { PictureFile } from './copied/picture-file.ts';
import type { ClipFacts as ClipLength } from './encoded/plan.ts';

/** A clip as it was fetched. */
export interface FetchedClip extends ClipLength {
  readonly path: string;
  /** How many pictures it has at the house's rate. */
  readonly frameCount: number;
  /** In the house format and of the video's size: its pictures can be copied. */
  readonly prepared: PictureFile | undefined;
  /** What ffprobe says of its picture. */
  readonly describe: (signal: AbortSignal) => Promise<VideoStream>;
}
