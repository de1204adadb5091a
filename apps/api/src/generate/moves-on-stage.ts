/** The source of the moves that stand in while the catalogue has no others. */
export const DEMO_SOURCE = 'demo';

/**
 * The moves that a choreography may use: real clips where the catalogue has any, the generated demo library only
 * where it has none. Drawn and filmed dancers never share a video.
 */
export function movesOnStage<Move extends { readonly source: string }>(
  moves: readonly Move[],
): readonly Move[] {
  const filmed = moves.filter(({ source }) => source !== DEMO_SOURCE);
  return filmed.length > 0 ? filmed : moves;
}
