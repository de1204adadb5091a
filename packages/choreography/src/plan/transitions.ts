import type { ChoreographyRequest, PlannedMove } from '../choreography-request.ts';
import type { Slot } from './slots.ts';
import type { Wishes } from './wishes.ts';

type Transition = PlannedMove['transition'];

/**
 * How each move is entered. Mostly by a cut; by a crossfade everywhere where smooth transitions are wished for, and
 * where a section begins in a romantic or sensual dance; one fade to black into the first break, one through white
 * into the first mambo of a high-energy dance.
 */
export function chooseTransitions(
  slots: readonly Slot[],
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
    if (!slot.isSectionStart) return 'cut';
    if (slot.section.label === 'break' && once('fade_black')) return 'fade_black';
    if (isSoft) return 'crossfade';
    const isPeak = slot.section.label === 'mambo' && request.energyLevel === 'high';
    return isPeak && once('fade_white') ? 'fade_white' : 'cut';
  });
}
