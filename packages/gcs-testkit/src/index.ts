export { crc32c } from './crc32c.ts';
export type { Fault, FaultRule } from './faults.ts';
export { type GcsServer, type GcsServerOptions, startGcsServer } from './gcs-server.ts';
export type { StoredObject } from './object-table.ts';
export { cdnSignatureOf } from './signed-urls.ts';
