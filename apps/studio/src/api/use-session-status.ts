import { useSyncExternalStore } from 'react';
import { type SessionStatus, sessionStatus, watchSession } from './session.ts';

export function useSessionStatus(): SessionStatus {
  return useSyncExternalStore(watchSession, sessionStatus);
}
