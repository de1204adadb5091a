import t from 'tap';
import { countInTo } from '../../../src/views/practise/logic/count-in.ts';
import { danceLineOf } from '../../../src/views/practise/logic/dance-line.ts';
import {
  countsIn,
  loopOfMove,
  loopOfPhrase,
  nearestCountSec,
  withEnd,
  withStart,
} from '../../../src/views/practise/logic/loop.ts';
import { blueprintOf } from './documents.ts';

const inPhrase = (section: string, phrase: number) => ({
  explanation: { section, phrase, eight: 1, why: '', join: '' },
});
const line = danceLineOf(
  blueprintOf([inPhrase('verse', 1), inPhrase('verse', 2), inPhrase('verse', 2), inPhrase('chorus', 2), {}]),
);

t.test('a move is danced again from its "1" to the next one', async (t) => {
  t.strictSame(loopOfMove(line, 5), { startSec: 4, endSec: 8 });
});

t.test('a phrase is made of the moves that say so', async (t) => {
  t.strictSame(loopOfPhrase(line, 9), { startSec: 4, endSec: 12 });
  t.strictSame(loopOfPhrase(line, 13), { startSec: 12, endSec: 16 }, 'not of those of another part');
});

t.test('without such, a phrase is four eights', async (t) => {
  const plain = danceLineOf(blueprintOf(Array.from({ length: 6 }, () => ({}))));
  t.strictSame(loopOfPhrase(plain, 3), { startSec: 0, endSec: 16 });
  t.strictSame(loopOfPhrase(plain, 17), { startSec: 16, endSec: 24 });
});

t.test('A and B lie on counts, A in front of B', async (t) => {
  t.equal(nearestCountSec(line, 1.7), 1.5);
  t.equal(nearestCountSec(line, 100), 20, 'the last ends the dance');
  const fromA = withStart(line, null, 1.6);
  t.strictSame(fromA, { startSec: 1.5, endSec: 5.5 }, 'an eight where B is not yet said');
  const loop = withEnd(line, fromA, 2.9);
  t.strictSame(loop, { startSec: 1.5, endSec: 3 });
  t.equal(countsIn(line, loop), 3);
  t.strictSame(withStart(line, loop, 6), { startSec: 6, endSec: 10 }, 'A behind B: an eight from there');
  t.strictSame(withEnd(line, { startSec: 6, endSec: 8 }, 5), { startSec: 1, endSec: 5 }, 'B in front of A');
});

t.test('a count-in is as fast as the counts it leads to, and leads to their numbers', async (t) => {
  t.strictSame(countInTo(line, 4, 1), {
    clicks: [5, 6, 7, 8].map((number, index) => ({ number, afterSec: 0.5 * index })),
    lengthSec: 2,
  });
  const slow = countInTo(line, 5, 0.5);
  t.strictSame(
    slow.clicks.map(({ number }) => number),
    [7, 8, 1, 2],
  );
  t.equal(slow.lengthSec, 4);
});
