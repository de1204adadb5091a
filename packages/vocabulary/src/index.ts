export * from './dance.ts';
export * from './move-families.ts';
export * from './song.ts';
export * from './storage-key-rule.ts';
export * from './storage-keys.ts';
export * from './task.ts';
export * from './task-result.ts';
export * from './task-steps.ts';
