// Suites that need the whole app share one process: loading it takes longer than most of them.
// One alone: npx tap apps/api/test/routes/songs.suite.ts
import './access-matrix.suite.ts';
import './auth/accounts.suite.ts';
import './auth/login-limits.suite.ts';
import './auth/preferences.suite.ts';
import './auth/tokens.suite.ts';
import './events/task-events.suite.ts';
import './fuzz/fuzz.suite.ts';
import './generate/generation.suite.ts';
import './generate/generation-failures.suite.ts';
import './generate/generation-limits.suite.ts';
import './generate/revise.suite.ts';
import './golden/golden.suite.ts';
import './http/malformed.suite.ts';
import './http/request-log.suite.ts';
import './openapi.suite.ts';
import './routes/class-plans.suite.ts';
import './routes/collections.suite.ts';
import './routes/media.suite.ts';
import './routes/moves.suite.ts';
import './routes/playback.suite.ts';
import './routes/songs.suite.ts';
import './routes/system.suite.ts';
import './routes/task-blueprint.suite.ts';
import './routes/tasks.suite.ts';
import './upkeep.suite.ts';
import './web-client/web-client.suite.ts';
