import type { ParsedQuery } from '@bachata-buddy/choreography';
import { viewWishes } from '../../generate/wishes-document.ts';

/** What a sentence was understood to mean, as clients preview it. */
export function viewParsedQuery(query: string, parsed: ParsedQuery) {
  const { moves, extent, tempoBpm } = parsed;
  const wishes = viewWishes({ moves, ...(extent && { extent }), ...(tempoBpm && { tempoBpm }) });
  return {
    parameters: {
      difficulty: parsed.difficulty,
      energy_level: parsed.energyLevel,
      style: parsed.style,
      tempo: parsed.tempo,
      confidence: parsed.confidence,
      specific_moves: parsed.specificMoves === null ? null : [...parsed.specificMoves],
      special_requirements: [...parsed.specialRequirements],
      ...(wishes === undefined ? {} : { wishes }),
    },
    confidence: parsed.confidence,
    query,
    understood: {
      share: Math.round(100 * parsed.understood.share) / 100,
      words: [...parsed.understood.words],
    },
  };
}
