import { register } from 'node:module';
import t from 'tap';
import { makeMoves } from './support/synthetic.ts';

/** As on a machine where the optional native package could not be built. */
const HIDE_HNSWLIB = `export async function resolve(specifier, context, next) {
  if (specifier.includes('hnswlib-node')) throw new Error('not installed');
  return next(specifier, context);
}`;

t.test('a large library is searched exactly where hnswlib-node cannot be loaded', async (t) => {
  register(`data:text/javascript,${encodeURIComponent(HIDE_HNSWLIB)}`);
  const { buildMoveLibrary } = await import('../src/library/move-library.ts');
  const library = await buildMoveLibrary(makeMoves(5), { approximateAbove: 0 });
  t.equal(library.searchedBy, 'exact');
  const vector = new Float32Array(1024).fill(1 / 32);
  t.equal(library.search({ vector, k: 5 }).length, 5);
});
