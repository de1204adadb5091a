export { type CloudRunServer, startCloudRunServer } from './cloud-run-server.ts';
export type { Execution } from './execution.ts';
export type { Fault } from './faults.ts';

export type { JobOptions, PlatformOptions } from './platform.ts';
