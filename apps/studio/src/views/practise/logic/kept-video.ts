import { fileOf } from './address.ts';

/** A video as a task says it: where it plays is signed afresh with every answer. */
interface Video {
  readonly video_url: string;
}

interface Told<Result extends Video> {
  /** What is played so far. */
  readonly kept: Result | undefined;
  /** What the task says now. */
  readonly newest: Result | undefined;
  /** What could not be played. */
  readonly failed: Result | undefined;
}

/** What to play: the same as long as it can be played and is the video of the task; another address would begin anew. */
export function keptVideo<Result extends Video>({ kept, newest, failed }: Told<Result>): Result | undefined {
  if (kept === undefined || newest === undefined || kept === failed) return newest;
  return fileOf(kept.video_url) === fileOf(newest.video_url) ? kept : newest;
}
