import { useEffect, useEffectEvent, useRef } from 'react';
import { onLook, type Palette, paletteOf } from './palette.ts';

/** What is drawn on: coordinates are pixels of the page, whatever the screen has. */
export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly palette: Palette;
}

/**
 * A canvas as large as it is laid out, as sharp as the screen. Drawn when its size or the look changes, and whenever
 * what is returned is called.
 */
export function useCanvas(draw: (surface: Surface) => void) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const surface = useRef<Surface | null>(null);
  const latest = useEffectEvent(draw);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context === null || context === undefined) return undefined;
    const measure = (): void => {
      const { width, height } = element.getBoundingClientRect();
      const sharpness = window.devicePixelRatio;
      element.width = Math.round(width * sharpness);
      element.height = Math.round(height * sharpness);
      context.setTransform(sharpness, 0, 0, sharpness, 0, 0);
      surface.current = { context, widthPx: width, heightPx: height, palette: paletteOf(element) };
      latest(surface.current);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const stopLook = onLook(measure);
    return () => {
      observer.disconnect();
      stopLook();
    };
  }, []);
  // Whatever it is rendered anew for is drawn.
  useEffect(() => {
    if (surface.current !== null) latest(surface.current);
  });
  /** Draws again; nothing as long as it is not laid out. */
  const redraw = (act: (surface: Surface) => void = draw): void => {
    if (surface.current !== null) act(surface.current);
  };
  return { canvas, redraw };
}
