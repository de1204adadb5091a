export type {
  ChoreographyPlan,
  ChoreographyRequest,
  OpenWish,
  ParsedQuery,
  PlannedMove,
} from './choreography-request.ts';
export { deriveSeed } from './derive-seed.ts';
export { combineEmbedding } from './embedding/combine-embedding.ts';
export { describeMove } from './embedding/describe-move.ts';
export { embedText } from './embedding/embed-text.ts';
export { CHOREOGRAPHY_ERRORS } from './errors.ts';
export { type Excerpt, type Extent, LEAST_LENGTH_SEC, MOST_LENGTH_SEC } from './extent.ts';
export type { LanguageModel, LanguageQuestion } from './language-model.ts';
export { joinBetween, partOf } from './library/joins.ts';
export { buildMoveLibrary, type MoveLibrary } from './library/move-library.ts';
export {
  type LibraryReport,
  type ReportedMove,
  reportLibrary,
  type Share,
} from './library/report-library.ts';
export { searchWithRelaxation } from './library/search-with-relaxation.ts';
export type { Move, MoveEmbedding } from './move.ts';
export type { Pause } from './pause.ts';
export { canBeDanced } from './plan/count-grid.ts';
export { excerptOf } from './plan/excerpt.ts';
export { familyOf } from './plan/move-family.ts';
export { planChoreography } from './plan/plan-choreography.ts';
export type { LastTime } from './query/last-time.ts';
export type { SaidMoves, SaidWish } from './query/move-wishes.ts';
export { parseQuery } from './query/parse-query.ts';
export { parseQueryByRules } from './query/parse-query-by-rules.ts';
export { boundedMoves, readSaidMoves, wishFor } from './query/said-moves.ts';
export { requestOfQuery } from './request-of-query.ts';
export { type Alternative, findAlternatives } from './revise/find-alternatives.ts';
export { reviseMoves } from './revise/revise-moves.ts';
export type { Edit, EditIssue, RevisedMove, Revision } from './revise/revision.ts';
export { openSongWish, type SongChoice, selectSong } from './song/select-song.ts';
