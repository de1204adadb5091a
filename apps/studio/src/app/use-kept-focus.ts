import { useEffect } from 'react';

/**
 * Where what has the focus leaves the page (a row that is deleted, a button that did its work), what stood around it gets
 * the focus, so that those who hear the page are not thrown back to its beginning.
 *
 * Source: WAI-ARIA Authoring Practices, "Developing a Keyboard Interface", on elements that are removed.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let left: readonly Element[] = [];
    const note = ({ target }: FocusEvent): void => {
      left = target instanceof Element ? withAncestors(target) : [];
    };
    const keep = (): void => {
      if (left[0]?.isConnected !== false || document.activeElement !== document.body) return;
      const main = document.querySelector('main');
      const around = left.find((element) => element.isConnected && main?.contains(element)) ?? main;
      if (around instanceof HTMLElement) focusOn(around);
    };
    const observer = new MutationObserver(keep);
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', note);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', note);
    };
  }, []);
}

/** From the inside outwards, as they are nested now: what is removed no longer knows where it stood. */
function withAncestors(element: Element): Element[] {
  const parent = element.parentElement;
  return parent === null ? [element] : [element, ...withAncestors(parent)];
}

function focusOn(element: HTMLElement): void {
  if (element.tabIndex < 0) {
    element.tabIndex = -1;
    element.setAttribute('data-keeps-focus', '');
  }
  element.focus({ preventScroll: true });
}
