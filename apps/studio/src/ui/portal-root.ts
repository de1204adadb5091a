/** Where menus and dialogs go: on a full screen nothing is seen but what fills it. Undefined: the page as a whole. */
export function portalRoot(): HTMLElement | undefined {
  return document.fullscreenElement instanceof HTMLElement ? document.fullscreenElement : undefined;
}
