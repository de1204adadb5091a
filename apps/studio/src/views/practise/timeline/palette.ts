/** Colours of the present look, for what is drawn and not styled. */
export interface Palette {
  readonly text: string;
  readonly soft: string;
  readonly line: string;
  readonly strong: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly brass: string;
  readonly font: string;
}

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: of('--text'),
    soft: of('--text-soft'),
    line: of('--line'),
    strong: of('--line-strong'),
    accent: of('--accent'),
    onAccent: of('--on-accent'),
    brass: of('--brass'),
    font: of('--font-display'),
  };
}

/** Told when the page gets another look. @returns what ends it */
export function onLook(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-look', 'class'] });
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    scheme.removeEventListener('change', listener);
  };
}
