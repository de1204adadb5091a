import t from 'tap';
import { parseWishCount } from '../src/demo-ingest.ts';

t.test('only as many choreographies as the demo has can be asked for', async (t) => {
  t.equal(parseWishCount(undefined), undefined, 'all of it');
  t.equal(parseWishCount('1'), 1);
  t.equal(parseWishCount('2'), 2);
  for (const text of ['0', '3', '-1', '1.5', 'x', '']) {
    const message = '--first takes a number from 1 to 2.';
    t.throws(() => parseWishCount(text), { code: 'USAGE', message }, text);
  }
});
