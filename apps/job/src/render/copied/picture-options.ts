import type { ResolvedBlueprint } from '@bachata-buddy/blueprint';
import type { MediaPrograms, PictureSize } from '@bachata-buddy/media';
import type { FetchedClip } from '../fetched-clip.ts';
import type { KeptParts } from '../kept-parts.ts';

/** How pictures are encoded, where they are. */
export interface EncodeOptions {
  readonly tools: MediaPrograms;
  readonly size: PictureSize;
  /** Undefined: a quality instead. */
  readonly bitsPerSecond: number | undefined;
  /** For all that is made on the way. */
  readonly directory: string;
  readonly kept: KeptParts | undefined;
  /** ffmpeg processes at a time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** 0 to 1, never falling. */
  readonly onProgress: (fraction: number) => void;
}

export interface MakePictureOptions extends EncodeOptions {
  readonly blueprint: ResolvedBlueprint;
  readonly clips: ReadonlyMap<string, FetchedClip>;
}
