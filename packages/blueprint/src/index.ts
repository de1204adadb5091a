export { BlueprintError, type BlueprintIssue } from './blueprint-error.ts';
export { type BuildBlueprintOptions, buildBlueprint } from './build.ts';
export { canonicalJson, hashBlueprint } from './canonical-json.ts';
export { BLUEPRINT_DEFAULTS } from './defaults.ts';
export { blueprintJsonSchema } from './json-schema.ts';
export { SCHEMA_VERSION, TIMELINE_TOLERANCE_SEC } from './limits.ts';
export type { MoveToBuild } from './move-to-build.ts';
export { type PracticeOptions, type PracticeVersion, practiceVersionOf } from './practice-version.ts';
export {
  type ResolvedBlueprint,
  type ResolvedMove,
  type ResolvedOutput,
  resolveBlueprint,
} from './resolve.ts';
export { type BlueprintRevision, plannedMovesOf, reviseBlueprint } from './revise.ts';
export {
  type Blueprint,
  type BlueprintMove,
  type BlueprintOutputConfig,
  BlueprintSchema,
} from './schema/blueprint-schema.ts';
export { TRANSITION_TYPES, type TransitionType } from './schema/vocabulary.ts';
export { parseStorageKey, storageKeyProblem } from './storage-key.ts';
export { type Timeline, type TimelineMove, timelineIssues } from './timeline-issues.ts';
export { parseBlueprint, validateBlueprint } from './validate.ts';
