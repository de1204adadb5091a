export { type EmbeddedPostgres, type StartEmbeddedOptions, startEmbeddedPostgres } from './embedded/start.ts';
