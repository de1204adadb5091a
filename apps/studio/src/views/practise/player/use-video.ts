import { useState } from 'react';
import type { Task } from '../data.ts';
import { keptVideo } from '../logic/kept-video.ts';

export type Result = NonNullable<Task['result']>;

export interface Video {
  /** What is to be played; undefined where there is no video that could be. */
  readonly result: Result | undefined;
  /** Whether there should be one, but it could not be loaded: they expire. */
  readonly isGone: boolean;
  onBroken(): void;
  /** Tries again with what the task says now. */
  retry(): void;
}

/** The rendered video of a task, at one address as long as it plays. */
export function useVideo({ result: newest }: Task): Video {
  const [kept, setKept] = useState(newest);
  const [failed, setFailed] = useState<Result>();
  const video = keptVideo({ kept, newest, failed });
  if (video !== kept) setKept(video);
  const isGone = video !== undefined && video === failed;
  return {
    result: isGone ? undefined : video,
    isGone,
    onBroken: () => setFailed(video),
    retry() {
      setKept(undefined);
      setFailed(undefined);
    },
  };
}
