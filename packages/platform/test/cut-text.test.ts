import t from 'tap';
import { cutText } from '../src/index.ts';

t.test('a text is cut between characters as people see them, never in one', async (t) => {
  const family = '👩‍👩‍👧‍👦';
  t.equal(cutText('amor', { length: 4 }), 'amor');
  t.equal(cutText('amores', { length: 4 }), 'amor');
  t.equal(cutText(`ab${family}c`, { length: 5 }), 'ab', 'an emoji of several parts stays whole');
  t.equal(cutText(`ab${family}c`, { length: 2 + family.length }), `ab${family}`);
  t.equal(cutText('cancio\u0301n', { length: 6 }), 'canci', 'a letter keeps its accent');
  t.equal(cutText('ñandú', { length: 10, bytes: 2 }), 'ñ');
  t.equal(cutText('ñandú', { length: 10, bytes: 6 }), 'ñand');
  t.equal(
    cutText(`x${'\u0301'.repeat(300)}`, { length: 200 }).length,
    200,
    'what has no end is cut somewhere',
  );
  t.equal(cutText('💃💃', { length: 3 }), '💃');
});
