import { type Peaks, peaksOfColumns } from '../logic/peaks.ts';
import type { Surface } from './canvas.ts';

const BAR_PX = 2;
const GAP_PX = 1;
/** Silence is a line. */
const LEAST_PX = 1.5;

/** Loudness as bars around the middle, over the whole width. */
export function drawWave(
  { context, widthPx, heightPx }: Surface,
  { peaks, fromSec, toSec, colour }: { peaks: Peaks; fromSec: number; toSec: number; colour: string },
): void {
  context.clearRect(0, 0, widthPx, heightPx);
  context.fillStyle = colour;
  const columns = Math.max(1, Math.floor(widthPx / (BAR_PX + GAP_PX)));
  for (const [column, peak] of peaksOfColumns(peaks, { fromSec, toSec, columns }).entries()) {
    const height = Math.max(LEAST_PX, peak * heightPx * 0.94);
    context.fillRect(column * (BAR_PX + GAP_PX), (heightPx - height) / 2, BAR_PX, height);
  }
}
