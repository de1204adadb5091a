import type { SectionLabel } from '@bachata-buddy/music';
import type { Slot } from './slots.ts';

/** The parts that a listener knows again. */
const REPEATED: readonly SectionLabel[] = ['verse', 'chorus', 'mambo'];

/** A slot in a part of the song that comes again. */
export interface Echo {
  /** The slot in the same place of the first such part. */
  readonly earlier: number;
  /** The part's last place: danced differently, so that the second time is not the first one copied. */
  readonly isVaried: boolean;
}

/**
 * Which slots dance again what an earlier one danced: a second chorus is danced as the first one was, eight by eight, but
 * for its end.
 *
 * @returns by slot; empty where no part of the song comes again
 */
export function findEchoes(slots: readonly Slot[]): Map<number, Echo> {
  const echoes = new Map<number, Echo>();
  const firstOfLabel = new Map<SectionLabel, number>();
  const places = new Map<string, number>();
  slots.forEach(({ section, eightsIntoSection, counts }, slot) => {
    if (!REPEATED.includes(section.label)) return;
    const first = firstOfLabel.get(section.label) ?? section.index;
    firstOfLabel.set(section.label, first);
    const place = `${section.label} ${eightsIntoSection} ${counts}`;
    if (section.index === first) {
      places.set(place, slot);
      return;
    }
    const earlier = places.get(place);
    const isVaried = slots[slot + 1]?.section.index !== section.index;
    if (earlier !== undefined) echoes.set(slot, { earlier, isVaried });
  });
  return echoes;
}
