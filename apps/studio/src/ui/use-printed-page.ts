import { useMutation } from '@tanstack/react-query';

/** Long enough for a slow device to have read it. */
const KEPT_MS = 60_000;

export interface PrintedPage {
  readonly isPending: boolean;
  /** What kept it from being shown; null where nothing did. */
  readonly problem: unknown;
  /** Shows it in a tab of its own; to be called by a press. */
  open(): void;
}

/** A page to print. @param fetchPage asks for its HTML */
export function usePrintedPage(fetchPage: () => Promise<string>): PrintedPage {
  const showing = useMutation({
    // Opened with the press, or browsers take it for an advertisement; filled when it is there.
    mutationFn: async (tab: Window | null) => {
      try {
        const url = URL.createObjectURL(new Blob([await fetchPage()], { type: 'text/html' }));
        if (tab === null) window.location.assign(url);
        else tab.location.replace(url);
        setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
      } catch (thrown) {
        tab?.close();
        throw thrown;
      }
    },
  });
  return {
    isPending: showing.isPending,
    problem: showing.error,
    open: () => showing.mutate(window.open('', '_blank')),
  };
}
