import type { ChoreographyRequest, PlannedMove } from '../choreography-request.ts';
import { type Join, OTHER_POSES, SAME_POSES } from '../library/joins.ts';
import type { Slot } from './slots.ts';
import type { Wishes } from './wishes.ts';

type Transition = PlannedMove['transition'];

/** What is to be entered: places, and how the poses meet there; null where that is not known. */
interface Entrances {
  readonly slots: readonly Slot[];
  readonly joins: readonly (Join | null)[];
}

/**
 * How each move is entered. By a crossfade everywhere where smooth transitions are wished for. Else by one fade to black
 * into the first break and one through white into the first mambo of a high-energy dance; by a cut where the poses match,
 * a crossfade where they differ much; and in between, or where they are not known, by a cut, or a crossfade where a
 * section of a romantic or sensual dance begins.
 */
export function chooseTransitions(
  { slots, joins }: Entrances,
  request: ChoreographyRequest,
  wishes: Wishes,
): Transition[] {
  const isSoft = request.style === 'romantic' || request.style === 'sensual';
  const spent = new Set<Transition>();
  const once = (transition: Transition) => {
    if (spent.has(transition)) return false;
    spent.add(transition);
    return true;
  };
  return slots.map((slot, index) => {
    if (index === 0) return 'cut';
    if (wishes.wantsSmoothTransitions) return 'crossfade';
    if (slot.isSectionStart) {
      if (slot.section.label === 'break' && once('fade_black')) return 'fade_black';
      const isPeak = slot.section.label === 'mambo' && request.energyLevel === 'high' && !isSoft;
      if (isPeak && once('fade_white')) return 'fade_white';
    }
    const distance = joins[index]?.distance;
    if (distance !== undefined && distance <= SAME_POSES) return 'cut';
    if (distance !== undefined && distance >= OTHER_POSES) return 'crossfade';
    return slot.isSectionStart && isSoft ? 'crossfade' : 'cut';
  });
}
