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

/** Plays samples of songs, one at a time. They are fetched by the session: an audio element sends none. */
export function useSample(): SamplePlayer {
  const queryClient = useQueryClient();
  const [heard, setHeard] = useState<Heard | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);

  const play = async (songId: number): Promise<void> => {
    let isStopped = false;
    const audio = new Audio();
    stop.current = () => {
      isStopped = true;
      audio.pause();
      if (audio.src !== '') URL.revokeObjectURL(audio.src);
      setHeard(null);
    };
    setHeard({ songId, state: 'loading' });
    const sample = await queryClient.fetchQuery({
      queryKey: ['sample', songId],
      queryFn: () => songSample(songId),
      staleTime: Number.POSITIVE_INFINITY,
    });
    if (isStopped) return;
    audio.src = URL.createObjectURL(sample);
    audio.onended = () => stop.current();
    await audio.play();
    setHeard({ songId, state: 'playing' });
  };

  return {
    heard,
    problem,
    toggle(songId) {
      const isThis = heard?.songId === songId;
      stop.current();
      setProblem(null);
      if (isThis) return;
      play(songId).catch((thrown: unknown) => {
        // Stopped before it began: nothing went wrong.
        if (thrown instanceof DOMException && thrown.name === 'AbortError') return;
        stop.current();
        setProblem(thrown);
      });
    },
  };
}
