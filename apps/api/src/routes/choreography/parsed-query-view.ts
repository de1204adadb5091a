import type { ParsedQuery } from '@bachata-buddy/choreography';

/** What a sentence was understood to mean, as clients preview it. */
export function viewParsedQuery(query: string, parsed: ParsedQuery) {
  return {
    parameters: {
      difficulty: parsed.difficulty,
      energy_level: parsed.energyLevel,
      style: parsed.style,
      tempo: parsed.tempo,
      confidence: parsed.confidence,
      specific_moves: parsed.specificMoves === null ? null : [...parsed.specificMoves],
      special_requirements: [...parsed.specialRequirements],
    },
    confidence: parsed.confidence,
    query,
  };
}
