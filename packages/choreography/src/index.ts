export type {
  ChoreographyPlan,
  ChoreographyRequest,
  ParsedQuery,
  PlannedMove,
} from './choreography-request.ts';
export { deriveSeed } from './derive-seed.ts';
export { COMBINED_DIMENSIONS, combineEmbedding, type EmbeddingParts } from './embedding/combine-embedding.ts';
export { describeMove } from './embedding/describe-move.ts';
export { embedText } from './embedding/embed-text.ts';
export type { LanguageModel, LanguageOptions } from './language-model.ts';
export type { FilterName, MoveFilters } from './library/move-filters.ts';
export { buildMoveLibrary, type MoveHit, type MoveLibrary, type MoveSearch } from './library/move-library.ts';
export { type RelaxedHits, searchWithRelaxation } from './library/search-with-relaxation.ts';
export type { Move, MoveEmbedding } from './move.ts';
export { type PlanQuestion, planChoreography } from './plan/plan-choreography.ts';
export { parseQuery } from './query/parse-query.ts';
export { parseQueryByRules } from './query/parse-query-by-rules.ts';
export { type QueryRequest, requestOfQuery } from './request-of-query.ts';
export { reviseMoves } from './revise/revise-moves.ts';
export type { Edit, EditIssue, RevisedMove, Revision, RevisionQuestion } from './revise/revision.ts';
export { type SongChoice, selectSong } from './song/select-song.ts';
