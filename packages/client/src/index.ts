export type { components, operations, paths } from './generated/api.ts';
export { type ApiClient, type ClientOptions, type Fetch, makeClient, type Refresh } from './make-client.ts';
export type { Tokens } from './session.ts';
