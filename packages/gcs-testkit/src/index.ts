export { crc32c } from './crc32c.ts';
export type { FaultRule } from './faults.ts';
export { type GcsServer, type GcsServerOptions, startGcsServer } from './gcs-server.ts';
export type { Grant } from './permissions.ts';
export { cdnSignatureOf } from './signed-urls.ts';
