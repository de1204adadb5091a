/** What reads a document without judging it: nothing here needs more than a browser has. */

export { type Count, countsOf } from './counts.ts';
export {
  type ResolvedBlueprint,
  type ResolvedMove,
  type ResolvedOutput,
  resolveBlueprint,
} from './resolve.ts';
export type { Blueprint } from './schema/blueprint-schema.ts';
export { readable, type ShownMove, shownMoves } from './shown-moves.ts';
