import { userOfToken } from './user-of-token.ts';

const KEY = 'studio.refresh';

/**
 * The refresh token between two loads of the page: for this tab, or for this browser where the user asks to stay signed
 * in. A tab's own goes before the browser's, and leaves that alone. The access token stays in memory.
 */
export const keptRefresh = {
  get(): string | null {
    return sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
  },
  /**
   * Of a session that begins.
   *
   * @param isForBrowser whether it outlives this tab; it does so too where the browser keeps one of the same user already
   */
  begin(refresh: string, isForBrowser: boolean): void {
    const others = localStorage.getItem(KEY);
    const isKnown = others !== null && userOfToken(others) === userOfToken(refresh);
    if (isForBrowser || isKnown) {
      sessionStorage.removeItem(KEY);
      localStorage.setItem(KEY, refresh);
    } else sessionStorage.setItem(KEY, refresh);
  },
  /** Of the session that goes on: it lies where the one before lies. Harmless where there is none. */
  replace(refresh: string): void {
    placeOfPresent()?.setItem(KEY, refresh);
  },
  /** The present one. */
  forget(): void {
    placeOfPresent()?.removeItem(KEY);
  },
  /** @returns what ends the listening. @param onChange told where another tab may have put another in the place of this one */
  watch(onChange: () => void): () => void {
    const removed = new AbortController();
    const { signal } = removed;
    const listen = (event: StorageEvent): void => {
      if (event.key === KEY && event.storageArea === localStorage) onChange();
    };
    window.addEventListener('storage', listen, { signal });
    // Nobody has told a page that the browser had put aside.
    window.addEventListener('pageshow', ({ persisted }) => persisted && onChange(), { signal });
    return () => removed.abort();
  },
};

function placeOfPresent(): Storage | undefined {
  return [sessionStorage, localStorage].find((storage) => storage.getItem(KEY) !== null);
}
