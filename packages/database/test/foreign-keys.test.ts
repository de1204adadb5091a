import t from 'tap';
import { makeTestDatabase } from '../src/testkit.ts';

/** Foreign keys whose columns begin no index that holds every row in which they are set. */
const WITHOUT_INDEX = `
  select conrelid::regclass || ' ' || conname as name from pg_constraint c
  where contype = 'f' and not exists (
    select from pg_index i
    where i.indrelid = c.conrelid and i.indisvalid
      and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey
      and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~* '^\\(\\w+ IS NOT NULL\\)$'))
  order by 1`;

t.test('where a row goes, those that name it are found without reading the whole table', async (t) => {
  const { db } = await makeTestDatabase(t);
  const { rows } = await db.pool.query<{ name: string }>(WITHOUT_INDEX);
  t.strictSame(
    rows.map(({ name }) => name),
    [],
  );
});
