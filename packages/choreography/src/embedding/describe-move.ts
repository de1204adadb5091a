import type { Move } from '../move.ts';

/**
 * A move's catalogue entry as one sentence, the text that is embedded for it:
 * "Cross body lead: cross body lead bachata move, intermediate difficulty, medium energy, playful style".
 */
export function describeMove(
  move: Pick<Move, 'name' | 'label' | 'difficulty' | 'energyLevel' | 'style'>,
): string {
  const family = move.label.replaceAll('_', ' ');
  return `${move.name}: ${family} bachata move, ${move.difficulty} difficulty, ${move.energyLevel} energy, ${move.style} style`;
}
