export { type CloudRunServer, startCloudRunServer } from './cloud-run-server.ts';
export type { Execution } from './execution.ts';
export type { Fault, FaultRule } from './faults.ts';
export type { Call } from './methods.ts';
export type { JobOptions, PlatformOptions } from './platform.ts';
export type { Command, TaskExit } from './task-process.ts';
