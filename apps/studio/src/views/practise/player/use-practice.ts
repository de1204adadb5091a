import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { Practice, PracticeState } from './practice.ts';
import type { Transport, TransportState } from './transport.ts';

export function useTransportState(transport: Transport): TransportState {
  return useSyncExternalStore(
    (listener) => transport.onState(listener),
    () => transport.state(),
  );
}

export function usePracticeState(practice: Practice): PracticeState {
  return useSyncExternalStore(practice.onState, practice.state);
}

/** Does something with every picture, without rendering anything: for what moves with the dance. */
export function useOnPicture(transport: Transport, act: (sec: number) => void): void {
  const latest = useEffectEvent(act);
  useEffect(() => {
    latest(transport.positionSec());
    return transport.onPicture((sec) => latest(sec));
  }, [transport]);
}

/** What is true of a moment, as a plain value: rendered anew when it is another, not when time passes. */
export function useAtPosition<Value extends string | number | boolean | undefined>(
  transport: Transport,
  select: (sec: number) => Value,
): Value {
  return useSyncExternalStore(
    (listener) => transport.onPicture(listener),
    () => select(transport.positionSec()),
  );
}
