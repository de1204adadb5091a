export { classPlanSequences, classPlans } from './class-plans.ts';
export { savedChoreographies } from './collections.ts';
export { moveEmbeddings } from './moves.ts';
export { idempotencyKeys, rateLimits } from './requests.ts';
export { type StoredGridChange, songAnalyses, songs, songWaveforms } from './songs.ts';
export { sweeps } from './sweeps.ts';
export { blueprints, choreographyTasks, launchOrders } from './tasks.ts';
export { uploads } from './uploads.ts';
export { knownNetworks, loginLinks, passwordResets, refreshSessions, users } from './users.ts';
