import { useCallback, useEffect, useRef, useState } from 'react';
import type { DanceLine } from '../logic/dance-line.ts';
import { Practice, type PracticePlace } from './practice.ts';
import type { Transport } from './transport.ts';

/**
 * What plays, as it is practised. What plays after it (the video of a dance that was played from its clips, another change of
 * it) goes on where it was left.
 *
 * @returns and what is to be told of what plays
 */
export function useHandedPractice(line: DanceLine): [Practice | null, (transport: Transport | null) => void] {
  const [practice, setPractice] = useState<Practice | null>(null);
  const present = useRef<Practice>(null);
  const left = useRef<PracticePlace>(null);
  const take = useCallback(
    (transport: Transport | null): void => {
      if (present.current !== null) left.current = present.current.place();
      present.current = transport === null ? null : new Practice(transport, line);
      if (left.current !== null) present.current?.goOn(left.current);
      setPractice(present.current);
    },
    [line],
  );
  useEffect(() => () => practice?.dispose(), [practice]);
  return [practice, take];
}
