import { ownFile } from '@bachata-buddy/platform';
import t from 'tap';

const PLACES = { source: '../../migrations', built: './migrations' };

t.test('a module finds its files in the source tree, and beside the program built of it', async (t) => {
  t.equal(ownFile('file:///src/a/b/c.ts', PLACES).href, 'file:///src/migrations');
  t.equal(ownFile('file:///src/a/b/c.ts?loader=1', PLACES).href, 'file:///src/migrations');
  t.equal(ownFile('file:///app/api/chunk-AB.js', PLACES).href, 'file:///app/api/migrations');
});
