export {
  connectDatabase,
  type Database,
  type PoolFigures,
  pingDatabase,
  poolFigures,
} from './connect.ts';
export { databaseError } from './database-error.ts';
export { migrateDatabase } from './migrate/migrate.ts';
export {
  type AddSequenceOutcome,
  addClassPlanSequence,
} from './queries/add-class-plan-sequence.ts';
export {
  findBlueprint,
  type StoredBlueprint,
  storeBlueprintAndOrderLaunch,
} from './queries/blueprints.ts';
export {
  type ClassPlanSummary,
  findClassPlanSummary,
  instructorStats,
} from './queries/class-plan-figures.ts';
export {
  removeClassPlanSequence,
  reorderClassPlanSequences,
  updateClassPlanSequence,
} from './queries/class-plan-sequences.ts';
export {
  CLASS_PLAN_ORDERINGS,
  type ClassPlan,
  type ClassPlanFilter,
  type ClassPlanOrdering,
  type ClassPlanPatch,
  type ClassPlanSequence,
  type ClassPlanWithSequences,
  createClassPlan,
  deleteClassPlan,
  findClassPlan,
  listClassPlans,
  type NewClassPlan,
  updateClassPlan,
} from './queries/class-plans.ts';
export {
  collectionStats,
  deleteChoreographiesWithoutVideo,
} from './queries/collection-upkeep.ts';
export { duplicateClassPlan } from './queries/duplicate-class-plan.ts';
export {
  type AnsweredRequest,
  abandonIdempotentRequest,
  type BegunRequest,
  beginIdempotentRequest,
  deleteExpiredIdempotencyKeys,
  finishIdempotentRequest,
} from './queries/idempotency-keys.ts';
export {
  findOverdueTasks,
  finishLaunchOrder,
  type LaunchOrder,
  queuePosition,
  recordHandOver,
  releaseLaunchOrder,
  takeLaunchOrders,
} from './queries/launch-orders.ts';
export {
  type LibraryMove,
  listLibraryMoves,
  MOVE_ORDERINGS,
  type MoveFilter,
} from './queries/library-moves.ts';
export {
  findIngestedMove,
  type MoveValues,
  retireMove,
  retireMovesExcept,
  upsertMove,
} from './queries/move-ingest.ts';
export { listPreparable, notePrepared, type PreparableMove } from './queries/move-preparation.ts';
export { listMoves, movesRevision } from './queries/moves.ts';
export { countOpenTasks } from './queries/open-tasks.ts';
export {
  deleteStaleRateLimits,
  type RateLimit,
  releaseFromRateLimit,
  takeFromRateLimit,
} from './queries/rate-limits.ts';
export {
  createRefreshSession,
  deleteExpiredRefreshSessions,
  findRefreshSession,
  revokeRefreshFamily,
  revokeRefreshSession,
} from './queries/refresh-sessions.ts';
export { renewLaunch } from './queries/renewed-launches.ts';
export type { Page } from './queries/run.ts';
export { type ChoreographyToSave, saveChoreography } from './queries/save-choreography.ts';
export {
  CHOREOGRAPHY_ORDERINGS,
  type ChoreographyFilter,
  type ChoreographyOrdering,
  type ChoreographyPatch,
  createSavedChoreography,
  deleteAllSavedChoreographies,
  deleteSavedChoreography,
  findSavedChoreography,
  listSavedChoreographies,
  type SavedChoreography,
  updateSavedChoreography,
} from './queries/saved-choreographies.ts';
export { findSilentTasks, type SilentTask } from './queries/silent-tasks.ts';
export { findAnalysis, saveAnalysis } from './queries/song-analyses.ts';
export {
  findSong,
  findSongByAudioPath,
  listAllSongs,
  listSongs,
  SONG_ORDERINGS,
  type Song,
  type SongFilter,
  type SongOrdering,
  type SongValues,
  upsertSong,
} from './queries/songs.ts';
export { withSweepLease } from './queries/sweep-lease.ts';
export { recordLook, type Watch } from './queries/sweep-looks.ts';
export {
  type AttemptFailure,
  claimTask,
  completeTask,
  failAttempt,
  heartbeat,
  recordProgress,
} from './queries/task-attempts.ts';
export {
  findWatchableTasks,
  listenForTaskChanges,
  type TaskChangeListener,
} from './queries/task-changes.ts';
export { type TaskFigures, taskFigures } from './queries/task-figures.ts';
export { listTaskOverviews, type TaskOverview } from './queries/task-overview.ts';
export { findTaskVersion, type TaskVersion, VERSION_CONSTRAINT } from './queries/task-versions.ts';
export {
  cancelTask,
  createTask,
  failTask,
  findAbandonedPendingTasks,
  findTask,
  listTasks,
  type NewTask,
  type Task,
  type TaskWithSong,
  updatePendingTask,
} from './queries/tasks.ts';
export {
  preferencesOf,
  type UserPreferences,
  updateUserPreferences,
} from './queries/user-preferences.ts';
export {
  createUser,
  disableUser,
  enableUser,
  findUserById,
  findUserByUsername,
  listInstructors,
  listStaff,
  setInstructorRole,
  setStaffRole,
  type User,
  updateUser,
} from './queries/users.ts';
export type { ClassPlanKey } from './queries/with-plan.ts';
export type { JsonObject } from './schema/values.ts';
