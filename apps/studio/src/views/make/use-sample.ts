import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { songSample } from '../../api/songs.ts';

interface Heard {
  readonly songId: number;
  readonly state: 'loading' | 'playing';
}

export interface SamplePlayer {
  /** Null while it is quiet. */
  readonly heard: Heard | null;
  /** What kept the last one from being heard; null where nothing did. */
  readonly problem: unknown;
  /** Plays a song's sample, or stops it; another one ends. */
  toggle(songId: number): void;
}

/**
 * Plays samples of songs, one at a time. They are fetched by the session: an audio element sends none.
 *
 * @param inSight the songs that there is something in sight to stop by: the sample of another ends
 */
export function useSample(inSight: readonly number[]): SamplePlayer {
  const queryClient = useQueryClient();
  const [heard, setHeard] = useState<Heard | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const stop = useRef<() => void>(() => {});
  const canBeStopped = heard === null || inSight.includes(heard.songId);
  useEffect(() => {
    if (!canBeStopped) stop.current();
  }, [canBeStopped]);
  useEffect(() => () => stop.current(), []);

  const fetchSample = (songId: number): Promise<Blob> =>
    queryClient.fetchQuery({
      queryKey: ['sample', songId],
      queryFn: () => songSample(songId),
      staleTime: Number.POSITIVE_INFINITY,
    });

  const play = async (songId: number): Promise<void> => {
    let isStopped = false;
    const audio = new Audio();
    const stopThis = (): void => {
      isStopped = true;
      audio.pause();
      if (audio.src !== '') URL.revokeObjectURL(audio.src);
      setHeard(null);
    };
    stop.current = stopThis;
    setHeard({ songId, state: 'loading' });
    try {
      const sample = await fetchSample(songId);
      if (isStopped) return;
      audio.src = URL.createObjectURL(sample);
      audio.onended = stopThis;
      await audio.play();
      setHeard({ songId, state: 'playing' });
    } catch (thrown) {
      // Stopped before it began, for another perhaps: nothing went wrong.
      if (isStopped) return;
      stopThis();
      setProblem(thrown);
    }
  };

  return {
    heard,
    problem,
    toggle(songId) {
      const isThis = heard?.songId === songId;
      stop.current();
      setProblem(null);
      if (isThis) return;
      void play(songId);
    },
  };
}
