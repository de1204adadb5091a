const KEY = 'studio.refresh';

/**
 * The refresh token between two loads of the page: for this tab, or for this browser where the user asks to stay signed
 * in. The access token stays in memory.
 */
export const keptRefresh = {
  get(): string | null {
    return sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
  },
  /** @param isForBrowser default: as it was kept before */
  set(refresh: string, isForBrowser = localStorage.getItem(KEY) !== null): void {
    const [there, elsewhere] = isForBrowser ? [localStorage, sessionStorage] : [sessionStorage, localStorage];
    elsewhere.removeItem(KEY);
    there.setItem(KEY, refresh);
  },
  forget(): void {
    sessionStorage.removeItem(KEY);
    localStorage.removeItem(KEY);
  },
  /** @returns what ends the listening. @param onChange told where another tab signed in or out */
  watch(onChange: (refresh: string | null) => void): () => void {
    const listen = (event: StorageEvent): void => {
      if (event.key === KEY && event.storageArea === localStorage) onChange(event.newValue);
    };
    window.addEventListener('storage', listen);
    return () => window.removeEventListener('storage', listen);
  },
};
