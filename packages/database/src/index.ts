export {
  connectDatabase,
  type Database,
  type PoolFigures,
  pingDatabase,
  poolFigures,
} from './connect.ts';
export { databaseError } from './database-error.ts';
export { DATABASE_ERRORS, dbError } from './errors.ts';
export { migrateDatabase } from './migrate/migrate.ts';
export { deleteUser, type OpenTask } from './queries/accounts/account-removal.ts';
export {
  type AnsweredRequest,
  abandonIdempotentRequest,
  type BegunRequest,
  beginIdempotentRequest,
  deleteExpiredIdempotencyKeys,
  finishIdempotentRequest,
} from './queries/accounts/idempotency-keys.ts';
export { deleteForgottenNetworks, isKnownNetwork, noteNetwork } from './queries/accounts/known-networks.ts';
export { createLoginLink, deleteExpiredLoginLinks, useLoginLink } from './queries/accounts/login-links.ts';
export {
  createPasswordReset,
  deleteExpiredPasswordResets,
  findPasswordReset,
  replacePassword,
  usePasswordReset,
} from './queries/accounts/passwords.ts';
export {
  deleteStaleRateLimits,
  type RateLimit,
  type RateLimitAnswer,
  releaseFromRateLimit,
  takeFromRateLimit,
} from './queries/accounts/rate-limits.ts';
export {
  createLoginSession,
  createRefreshSession,
  deleteExpiredRefreshSessions,
  endOldestSessions,
  findRefreshSession,
  noteSessionUse,
  type RefreshSession,
  revokeRefreshFamily,
  rotateRefreshSession,
  type VerifiedPassword,
} from './queries/accounts/refresh-sessions.ts';
export { endSession, endSessions, listOpenSessions, type OpenSession } from './queries/accounts/sessions.ts';
export { renameUser } from './queries/accounts/user-names.ts';
export {
  findUserPreferences,
  type UserPreferences,
  updateUserPreferences,
} from './queries/accounts/user-preferences.ts';
export {
  type Caller,
  type CallerKey,
  createUser,
  disableUser,
  enableUser,
  findCaller,
  findUserById,
  findUserByUsername,
  listInstructors,
  listStaff,
  setInstructorRole,
  setStaffRole,
  type User,
  updateUser,
} from './queries/accounts/users.ts';
export { forgetHeardFile } from './queries/catalogue/forget-heard.ts';
export {
  type LibraryMove,
  listLibraryMoves,
  MOVE_ORDERINGS,
  type MoveFilter,
} from './queries/catalogue/library-moves.ts';
export {
  countTasksByKey,
  type MediaNeeds,
} from './queries/catalogue/media-needs.ts';
export {
  type KeptMove,
  listKeptMoves,
  type MediaRemoval,
  type RemoveFiles,
  removeMove,
  removeSong,
} from './queries/catalogue/media-removal.ts';
export {
  findIngestedMove,
  findSeenPoses,
  type IngestedMove,
  isKeyOfAnotherFilm,
  listMovesOfRecording,
  type MoveValues,
  retireMove,
  retireMovesExcept,
  type SeenPoses,
  upsertMove,
} from './queries/catalogue/move-ingest.ts';
export { listPreparable, notePrepared, type PreparableMove } from './queries/catalogue/move-preparation.ts';
export { listMoves, movesRevision } from './queries/catalogue/moves.ts';
export {
  addOwnSong,
  failUnheardSongs,
  type HeardSong,
  listOwnSongs,
  noteSongHeard,
  takeUnheardSongs,
} from './queries/catalogue/own-songs.ts';
export { findAnalysis, saveAnalysis } from './queries/catalogue/song-analyses.ts';
export {
  findSongByContentHash,
  listSongsOfRecording,
  listSongsWithoutRecording,
  noteRecording,
} from './queries/catalogue/song-recordings.ts';
export type { SongViewer } from './queries/catalogue/song-visibility.ts';
export { findWaveform, saveWaveform } from './queries/catalogue/song-waveforms.ts';
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
  setSongGrid,
  upsertSong,
} from './queries/catalogue/songs.ts';
export {
  type AddSequenceOutcome,
  addClassPlanSequence,
  MAX_CLASS_PLAN_SEQUENCES,
} from './queries/class-plans/add-class-plan-sequence.ts';
export {
  type ClassPlanSummary,
  findClassPlanSummary,
  instructorStats,
} from './queries/class-plans/class-plan-figures.ts';
export {
  removeClassPlanSequence,
  reorderClassPlanSequences,
  updateClassPlanSequence,
} from './queries/class-plans/class-plan-sequences.ts';
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
} from './queries/class-plans/class-plans.ts';
export { duplicateClassPlan } from './queries/class-plans/duplicate-class-plan.ts';
export type { ClassPlanKey } from './queries/class-plans/with-plan.ts';
export {
  collectionStats,
  deleteChoreographiesWithoutVideo,
} from './queries/collections/collection-upkeep.ts';
export { type ChoreographyToSave, saveChoreography } from './queries/collections/save-choreography.ts';
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
} from './queries/collections/saved-choreographies.ts';
export {
  forgetUpload,
  listReleasedUploads,
  noteUpload,
  releaseUploads,
  uploadedBytes,
} from './queries/collections/uploads.ts';
export { findVideoNames } from './queries/collections/video-names.ts';
export { fillFoldedTexts } from './queries/folded-texts.ts';
export type { Page } from './queries/run.ts';
export {
  findBlueprint,
  type StoredBlueprint,
  storeBlueprintAndOrderLaunch,
} from './queries/tasks/blueprints.ts';
export {
  findOverdueTasks,
  finishLaunchOrder,
  type LaunchOrder,
  queuePosition,
  recordHandOver,
  releaseLaunchOrder,
  takeLaunchOrders,
} from './queries/tasks/launch-orders.ts';
export { deleteOldTasks } from './queries/tasks/old-tasks.ts';
export { countOpenTasks } from './queries/tasks/open-tasks.ts';
export { renewLaunch } from './queries/tasks/renewed-launches.ts';
export { findSilentTasks, type SilentTask } from './queries/tasks/silent-tasks.ts';
export { withSweepLease } from './queries/tasks/sweep-lease.ts';
export { recordLook, type Watch } from './queries/tasks/sweep-looks.ts';
export {
  type AttemptFailure,
  claimTask,
  completeTask,
  failAttempt,
  heartbeat,
  recordProgress,
} from './queries/tasks/task-attempts.ts';
export {
  findWatchableTasks,
  listenForTaskChanges,
  type TaskChangeListener,
} from './queries/tasks/task-changes.ts';
export { type TaskFigures, taskFigures } from './queries/tasks/task-figures.ts';
export { listTaskOverviews, type TaskOverview } from './queries/tasks/task-overview.ts';
export { findTaskVersion, type TaskVersion, VERSION_CONSTRAINT } from './queries/tasks/task-versions.ts';
export {
  cancelTask,
  createTask,
  failTask,
  findAbandonedPendingTasks,
  findTask,
  latestSeed,
  listTasks,
  type NewTask,
  TASK_ORDERINGS,
  type Task,
  type TaskFilter,
  type TaskOrdering,
  type TaskWithSong,
  updatePendingTask,
} from './queries/tasks/tasks.ts';
export type { JsonObject } from './schema/values.ts';
