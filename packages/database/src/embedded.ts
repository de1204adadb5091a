export { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/start.ts';
