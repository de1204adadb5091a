import { compareIds } from '../compare-ids.ts';

/** What a beam puts in order: by score, the highest first, and of equals by id. */
export interface Ranked {
  readonly score: number;
  readonly id: string;
}

/** The best of all that it was offered: of a search, what is gone on with. */
export interface Beam<Item extends Ranked> {
  /** The best first; of items that are equal in score and id the one that came first. */
  readonly items: readonly Item[];
  /** Whether an item would stay: what would not need not be made. */
  holds(score: number, id: string): boolean;
  add(item: Item): void;
}

/** @param width how many it keeps at most, at least 1 */
export function makeBeam<Item extends Ranked>(width: number): Beam<Item> {
  const items: Item[] = [];
  const isBehind = (item: Ranked, score: number, id: string): boolean =>
    item.score < score || (item.score === score && compareIds(item.id, id) > 0);
  const holds = (score: number, id: string): boolean =>
    items.length < width || isBehind(items[width - 1]!, score, id);
  return {
    items,
    holds,
    add(item) {
      if (!holds(item.score, item.id)) return;
      let place = items.length;
      while (place > 0 && isBehind(items[place - 1]!, item.score, item.id)) place -= 1;
      items.splice(place, 0, item);
      if (items.length > width) items.pop();
    },
  };
}
