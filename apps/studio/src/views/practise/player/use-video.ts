import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { taskQuery } from '../../../api/tasks.ts';
import type { Task } from '../data.ts';
import { keptVideo } from '../logic/kept-video.ts';

export type Result = NonNullable<Task['result']>;

export interface Video {
  /** What is to be played; undefined where there is no video that could be. */
  readonly result: Result | undefined;
  /** Whether there should be one, but it could not be loaded: they expire. */
  readonly isGone: boolean;
  /** It can be seen. */
  onShown(): void;
  /** It could not be loaded: its address may have ended, then it is asked for another one. */
  onBroken(): void;
  /** Tries again with what the task says now. */
  retry(): void;
}

/** The rendered video of a task, at one address as long as it plays. */
export function useVideo({ task_id: taskId, had_video: hadVideo = false, result: newest }: Task): Video {
  const client = useQueryClient();
  const [kept, setKept] = useState(newest);
  const [failed, setFailed] = useState<Result>();
  const [isRenewing, setRenewing] = useState(false);
  /** Whether its address was asked for because the one before had failed: then this one is not asked for again. */
  const isSecondTry = useRef(false);
  const video = keptVideo({ kept, newest, failed });
  if (video !== kept) setKept(video);
  const isBroken = video !== undefined && video === failed && !isRenewing;
  // It can be brought back, also where that has failed once.
  const isGone = isBroken || hadVideo;
  const renew = async (): Promise<void> => {
    setRenewing(true);
    await client.invalidateQueries({ queryKey: taskQuery(taskId).queryKey });
    setRenewing(false);
  };
  return {
    result: isGone ? undefined : video,
    isGone,
    onShown() {
      isSecondTry.current = false;
    },
    onBroken() {
      setFailed(video);
      if (isSecondTry.current) return;
      isSecondTry.current = true;
      void renew();
    },
    retry() {
      isSecondTry.current = false;
      setKept(undefined);
      setFailed(undefined);
    },
  };
}
