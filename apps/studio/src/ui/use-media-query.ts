import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds, now and from then on: for what is built otherwise, where a style sheet does not do. */
export function useMediaQuery(query: string): boolean {
  const watch = useCallback(
    (listener: () => void): (() => void) => {
      const asked = window.matchMedia(query);
      asked.addEventListener('change', listener);
      return () => asked.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(watch, () => window.matchMedia(query).matches);
}
