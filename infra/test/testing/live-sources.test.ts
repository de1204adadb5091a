import t from 'tap';
import { findLiveSources } from '../../dev/testing/live-sources.ts';

const PARSE_QUERY = 'apps/api/src/commands/parse-query.ts';
const ANALYSE = 'apps/ingest/src/analyse-command.ts';

t.test('a program uses of a room what it asks for, and what that needs', async (t) => {
  const live = await findLiveSources([PARSE_QUERY, ANALYSE]);
  t.strictSame(Object.keys(live).sort(), [PARSE_QUERY, ANALYSE].sort());
  const understanding = 'packages/choreography/src/query/parse-query-by-rules.ts';
  t.ok(live[PARSE_QUERY]?.includes(PARSE_QUERY));
  t.ok(live[PARSE_QUERY]?.includes(understanding), 'not imported by it, but by what it imports');
  t.notOk(
    live[PARSE_QUERY]?.includes('packages/choreography/src/plan/plan-choreography.ts'),
    'of the same index',
  );
  t.ok(live[ANALYSE]?.includes('packages/music/src/analyse-in-worker.ts'));
  t.notOk(live[ANALYSE]?.includes(understanding), 'each is looked at by itself');
});
