/**
 * Tells of each picture that a video shows, by its own time, and when it is seen, as `performance.now()` counts. Browsers without `requestVideoFrameCallback` tell of each
 * picture of the screen instead, by the player's time.
 *
 * @returns what ends it
 */
export function onPictures(
  video: HTMLVideoElement,
  listener: (mediaSec: number, seenAtMs: number) => void,
): () => void {
  let handle = 0;
  if ('requestVideoFrameCallback' in video) {
    const next = (_now: number, { mediaTime, expectedDisplayTime }: VideoFrameCallbackMetadata): void => {
      handle = video.requestVideoFrameCallback(next);
      listener(mediaTime, expectedDisplayTime);
    };
    handle = video.requestVideoFrameCallback(next);
    return () => video.cancelVideoFrameCallback(handle);
  }
  const screen = video as HTMLVideoElement;
  const next = (): void => {
    handle = requestAnimationFrame(next);
    listener(screen.currentTime, performance.now());
  };
  handle = requestAnimationFrame(next);
  return () => cancelAnimationFrame(handle);
}

/** Adds listeners to a media element. @returns what removes them all */
export function listenTo(
  element: HTMLMediaElement,
  listeners: Readonly<Partial<Record<keyof HTMLMediaElementEventMap, () => void>>>,
): () => void {
  const removed = new AbortController();
  for (const [name, listener] of Object.entries(listeners))
    element.addEventListener(name, listener, { signal: removed.signal });
  return () => removed.abort();
}
