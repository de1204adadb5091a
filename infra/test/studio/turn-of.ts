import type { Page } from 'playwright-core';

/** What a page did of a loop that plays, up to where it turned. */
export interface Turn {
  /** Those of which the page was told, and whether it had turned when it had been told. */
  readonly pictures: readonly { readonly sec: number; readonly turns: boolean }[];
  /** Where it went. */
  readonly turnedToSec: number;
}

/** Follows a loop from where it plays to where it turns next. */
export function turnOf(page: Page): Promise<Turn> {
  return page.evaluate(async () => {
    const video = document.querySelector('video')!;
    while (video.paused || video.seeking) await new Promise((resolve) => requestAnimationFrame(resolve));
    return new Promise<Turn>((resolve) => {
      const pictures: { sec: number; turns: boolean }[] = [];
      let handle = 0;
      // The page has asked for each picture before, so it has been told of it by then.
      const note = (_now: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
        pictures.push({ sec: mediaTime, turns: video.seeking });
        handle = video.requestVideoFrameCallback(note);
      };
      handle = video.requestVideoFrameCallback(note);
      const end = (): void => {
        video.cancelVideoFrameCallback(handle);
        resolve({ pictures, turnedToSec: video.currentTime });
      };
      video.addEventListener('seeking', end, { once: true });
    });
  });
}
