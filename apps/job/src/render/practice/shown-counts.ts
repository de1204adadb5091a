import { countsOf, type ResolvedBlueprint, shownMoves } from '@bachata-buddy/blueprint';
import { elementAt } from '@bachata-buddy/platform';
import type { Picture } from '../picture.ts';

/** Times are rounded to ticks: a picture that begins this much before a count begins with it. */
const EARLY_SEC = 0.000_5;

/** The count that each picture of a video falls into, by number; undefined for those between. */
export function countOfPictures(blueprint: ResolvedBlueprint, picture: Picture): (number | undefined)[] {
  const counts = shownMoves(blueprint).flatMap(countsOf);
  let next = 0;
  return startsOf(picture).map((startSec) => {
    const atSec = startSec + EARLY_SEC;
    while (next < counts.length && elementAt(counts, next).endSec <= atSec) next += 1;
    const count = counts[next];
    return count !== undefined && count.startSec <= atSec ? count.number : undefined;
  });
}

/** When each picture appears, in seconds. */
function startsOf({ runs, timescale }: Picture): number[] {
  const starts: number[] = [];
  let ticks = 0;
  for (const { durationTicks } of runs) {
    for (const duration of durationTicks) {
      starts.push(ticks / timescale);
      ticks += duration;
    }
  }
  return starts;
}
