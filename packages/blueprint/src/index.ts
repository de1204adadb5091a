export { BlueprintError } from './blueprint-error.ts';
export { type BuildBlueprintOptions, buildBlueprint } from './build.ts';
export { canonicalJson, hashBlueprint } from './canonical-json.ts';
export { BLUEPRINT_DEFAULTS } from './defaults.ts';
export { blueprintJsonSchema } from './json-schema.ts';

export type { MoveToBuild } from './move-to-build.ts';
export { type PracticeVersion, practiceVersionOf } from './practice-version.ts';
export * from './reading.ts';
export { type BlueprintRevision, plannedMovesOf, reviseBlueprint } from './revise.ts';
export { BlueprintSchema } from './schema/blueprint-schema.ts';
export { TRANSITION_TYPES } from './schema/vocabulary.ts';
export { parseStorageKey, storageKeyProblem } from './storage-key.ts';

export { parseBlueprint, validateBlueprint } from './validate.ts';
