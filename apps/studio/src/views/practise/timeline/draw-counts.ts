import type { Count } from '@bachata-buddy/blueprint/reading';
import { type Peaks, peaksOfColumns } from '../logic/peaks.ts';
import { type SongPlace, toSongSec } from '../logic/song-time.ts';
import { type TimeScale, toPx } from '../logic/time-scale.ts';
import type { Surface } from './canvas.ts';

export interface LaneContent {
  readonly scale: TimeScale;
  readonly presentSec: number;
  readonly counts: readonly Count[];
  /** Of the video's time; of songs that are not counted by moves. */
  readonly beatsSec: readonly number[];
  readonly peaks: Peaks | null;
  readonly place: SongPlace;
}

const NUMBERS_PX = 30;
/** Where counts come closer than this, only "1" and "5" are written. */
const LEAST_APART_PX = 17;

/** The counts that are seen, as on a ruler: the "1" of each eight longest, taps in brass, the present one lit. */
export function drawCounts(surface: Surface, content: LaneContent): void {
  const { context, widthPx, heightPx } = surface;
  context.clearRect(0, 0, widthPx, heightPx);
  drawPeaks(surface, content);
  drawBeats(surface, content);
  drawNumbers(surface, content);
}

function drawPeaks(
  { context, widthPx, heightPx, palette }: Surface,
  { peaks, scale, place }: LaneContent,
): void {
  if (peaks === null) return;
  const columns = Math.ceil(widthPx / 3);
  const [fromSec, toSec] = [toSongSec(place, scale.fromSec), toSongSec(place, scale.toSec)];
  const room = heightPx - NUMBERS_PX;
  context.fillStyle = palette.line;
  for (const [column, peak] of peaksOfColumns(peaks, { fromSec, toSec, columns }).entries()) {
    const height = Math.max(1, peak * room * 0.9);
    context.fillRect(column * 3, NUMBERS_PX + (room - height) / 2, 2, height);
  }
}

function drawBeats({ context, heightPx, palette }: Surface, { beatsSec, counts, scale }: LaneContent): void {
  if (counts.length > 0) return;
  context.fillStyle = palette.strong;
  for (const sec of seen(beatsSec, scale, (beat) => beat))
    context.fillRect(toPx(scale, sec), NUMBERS_PX, 1, heightPx - NUMBERS_PX);
}

function drawNumbers(surface: Surface, { counts, scale, presentSec }: LaneContent): void {
  const { context, heightPx, palette } = surface;
  const visible = seen(counts, scale, ({ startSec }) => startSec);
  const first = visible[0];
  const apartPx = first === undefined ? 0 : toPx(scale, first.endSec) - toPx(scale, first.startSec);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { number, startSec, endSec } of visible) {
    const isPresent = startSec <= presentSec + 0.001 && presentSec < endSec - 0.001;
    const isTap = number % 4 === 0;
    const left = toPx(scale, startSec);
    const middle = left + apartPx / 2;
    context.fillStyle = number === 1 ? palette.accent : palette.strong;
    context.globalAlpha = number === 1 ? 1 : 0.45;
    const top = number === 1 ? 0 : NUMBERS_PX;
    context.fillRect(left, top, number === 1 ? 2 : 1, heightPx - top);
    context.globalAlpha = 1;
    if (apartPx < LEAST_APART_PX && number !== 1 && number !== 5) continue;
    if (isPresent) {
      context.fillStyle = isTap ? palette.brass : palette.accent;
      context.beginPath();
      context.arc(middle, NUMBERS_PX / 2, Math.min(13, apartPx / 2), 0, 2 * Math.PI);
      context.fill();
    }
    context.fillStyle = isPresent ? palette.onAccent : isTap ? palette.brass : palette.text;
    context.font = `${isPresent || number === 1 ? 800 : 600} ${isPresent ? 16 : 14}px ${palette.font}`;
    context.fillText(String(number), middle, NUMBERS_PX / 2 + 1);
  }
}

/** What begins within, or just in front of, what is seen. */
function seen<Item>(
  items: readonly Item[],
  { fromSec, toSec }: TimeScale,
  startOf: (item: Item) => number,
): Item[] {
  const from = fromSec - 1;
  return items.filter((item) => startOf(item) >= from && startOf(item) <= toSec);
}
