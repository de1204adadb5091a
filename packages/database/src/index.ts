export {
  type ConnectOptions,
  connectDatabase,
  type Database,
  type PoolFigures,
  pingDatabase,
  poolFigures,
} from './connect.ts';
export { databaseError } from './database-error.ts';
export { type MigrateOptions, type MigrationStep, migrateDatabase } from './migrate/migrate.ts';
export {
  type AddSequenceOutcome,
  addClassPlanSequence,
  type NewClassPlanSequence,
} from './queries/add-class-plan-sequence.ts';
export {
  type BlueprintToStore,
  findBlueprint,
  type StoredBlueprint,
  storeBlueprintAndOrderLaunch,
} from './queries/blueprints.ts';
export {
  type ClassPlanSummary,
  findClassPlanSummary,
  type InstructorStats,
  instructorStats,
} from './queries/class-plan-figures.ts';
export {
  type RemoveSequenceOutcome,
  type ReorderOutcome,
  removeClassPlanSequence,
  reorderClassPlanSequences,
  type UpdateSequenceOutcome,
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
  type CollectionStats,
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
  type IdempotentOutcome,
  type IdempotentRequest,
} from './queries/idempotency-keys.ts';
export {
  findOverdueTasks,
  finishLaunchOrder,
  type LaunchOrder,
  queuePosition,
  type ReleaseOptions,
  recordHandOver,
  releaseLaunchOrder,
  takeLaunchOrders,
} from './queries/launch-orders.ts';
export {
  type LibraryMove,
  listLibraryMoves,
  MOVE_ORDERINGS,
  type MoveFilter,
  type MoveOrdering,
} from './queries/library-moves.ts';
export {
  findIngestedMove,
  type IngestedMove,
  type MoveValues,
  retireMove,
  retireMovesExcept,
  upsertMove,
} from './queries/move-ingest.ts';
export { listPreparable, notePrepared, type PreparableMove } from './queries/move-preparation.ts';
export { listMoves, type MoveRow, movesRevision } from './queries/moves.ts';
export { countOpenTasks, type OpenTasks } from './queries/open-tasks.ts';
export {
  deleteStaleRateLimits,
  type RateLimit,
  type RateLimitAnswer,
  type RateLimitSubject,
  releaseFromRateLimit,
  takeFromRateLimit,
} from './queries/rate-limits.ts';
export {
  createRefreshSession,
  deleteExpiredRefreshSessions,
  findRefreshSession,
  type NewRefreshSession,
  type RefreshSession,
  revokeRefreshFamily,
  revokeRefreshSession,
} from './queries/refresh-sessions.ts';
export { type LaunchToRenew, renewLaunch } from './queries/renewed-launches.ts';
export type { Page, PageRequest } from './queries/run.ts';
export { type ChoreographyToSave, type SaveOutcome, saveChoreography } from './queries/save-choreography.ts';
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
  type NewChoreography,
  type SavedChoreography,
  updateSavedChoreography,
} from './queries/saved-choreographies.ts';
export { findSilentTasks, type SilenceLimits, type SilentTask } from './queries/silent-tasks.ts';
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
  type UpsertOutcome,
  upsertSong,
} from './queries/songs.ts';
export { withSweepLease } from './queries/sweep-lease.ts';
export { recordLook, type Watch } from './queries/sweep-looks.ts';
export {
  type AttemptFailure,
  type Claim,
  type ClaimOptions,
  claimTask,
  completeTask,
  failAttempt,
  heartbeat,
  type Progress,
  recordProgress,
} from './queries/task-attempts.ts';
export {
  findWatchableTasks,
  listenForTaskChanges,
  type TaskChangeHandlers,
  type TaskChangeListener,
} from './queries/task-changes.ts';
export { type TaskFigures, taskFigures } from './queries/task-figures.ts';
export { listTaskOverviews, type TaskOverview } from './queries/task-overview.ts';
export { findTaskVersion, type TaskVersion, VERSION_CONSTRAINT } from './queries/task-versions.ts';
export {
  type CancelOutcome,
  cancelTask,
  createTask,
  failTask,
  findAbandonedPendingTasks,
  findTask,
  listTasks,
  type NewTask,
  type PendingTaskPatch,
  type Task,
  type TaskFilter,
  type TaskWithSong,
  updatePendingTask,
} from './queries/tasks.ts';
export {
  findUserPreferences,
  preferencesOf,
  type UserPreferences,
  updateUserPreferences,
} from './queries/user-preferences.ts';
export {
  createUser,
  type DisabledUser,
  disableUser,
  enableUser,
  findUserById,
  findUserByUsername,
  listInstructors,
  listStaff,
  type NewUser,
  setInstructorRole,
  setStaffRole,
  type User,
  type UserPatch,
  updateUser,
} from './queries/users.ts';
export type { ClassPlanKey } from './queries/with-plan.ts';
export type { JsonObject, LaunchState } from './schema/values.ts';
