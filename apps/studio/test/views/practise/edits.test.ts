import t from 'tap';
import {
  type Edits,
  editOf,
  orderOf,
  requestedEdits,
  withEdit,
  withoutEdit,
  withPlace,
} from '../../../src/views/practise/logic/edits.ts';
import { changed, historyOf, redone, undone } from '../../../src/views/practise/logic/history.ts';

t.test(
  'of one move the last wish counts; where it stands and how it is entered are other matters',
  async (t) => {
    let edits: Edits = [];
    edits = withEdit(edits, { action: 'replace', index: 2, moveId: 'turn_1', name: 'Turn' });
    edits = withEdit(edits, { action: 'transition', index: 2, transition: 'cut' });
    edits = withPlace(edits, 2, 4, 6);
    edits = withEdit(edits, { action: 'replace', index: 2, moveId: 'wave_1', name: 'Wave' });
    edits = withEdit(edits, { action: 'remove', index: 3 });
    t.strictSame(requestedEdits(edits), [
      { action: 'transition', index: 2, transition_type: 'cut' },
      { action: 'move', index: 2, to: 4 },
      { action: 'replace', index: 2, move_id: 'wave_1' },
      { action: 'remove', index: 3 },
    ]);
    t.match(editOf(edits, 2, 'move'), { to: 4 });
    t.strictSame(withoutEdit(edits, 2, 'what').length, 3);
    const removed = withEdit(edits, { action: 'remove', index: 2 });
    t.strictSame(
      removed.filter(({ index }) => index === 2).map(({ action }) => action),
      ['move', 'remove'],
      'of what is removed nothing else is wanted, but where it stood: others have their places beside it',
    );
  },
);

t.test('moves that change places do so one after the other', async (t) => {
  let edits = withPlace([], 0, 2, 4);
  t.strictSame(orderOf(edits, 4), [1, 2, 0, 3]);
  edits = withPlace(edits, 3, 0, 4);
  t.strictSame(orderOf(edits, 4), [3, 1, 2, 0]);
  t.strictSame(
    withPlace(edits, 0, 1, 4).filter(({ index }) => index === 0),
    [],
    'back where it was',
  );
});

t.test('whichever move is put somewhere again, the others stay in their order', async (t) => {
  const named = (edits: Edits) =>
    orderOf(edits, 4)
      .map((index) => 'ABCD'[index])
      .join('');
  const moved = withPlace(withPlace([], 0, 3, 4), 1, 2, 4);
  t.equal(named(moved), 'CDBA');
  t.equal(named(withPlace(moved, 0, 1, 4)), 'CADB');
  t.equal(named(withEdit(moved, { action: 'remove', index: 0 })), 'CDBA', 'nor by a removal');
  t.equal(named(withoutEdit(moved, 0, 'what')), 'CDBA');

  let edits: Edits = [];
  let order = [0, 1, 2, 3, 4];
  for (const [index, to] of [
    [0, 4],
    [3, 0],
    [0, 1],
    [4, 2],
    [3, 3],
    [0, 4],
    [1, 0],
  ] as const) {
    edits = withPlace(edits, index, to, 5);
    order = order.filter((other) => other !== index);
    order.splice(to, 0, index);
    t.strictSame(orderOf(edits, 5), order, `${index} to ${to}`);
  }
});

t.test('an order that there was before needs no more words than it had then', async (t) => {
  const first = withPlace([], 0, 3, 4);
  const there = withPlace(first, 1, 2, 4);
  t.strictSame(withPlace(there, 1, 0, 4), first);
  t.strictSame(withPlace(first, 0, 0, 4), [], 'that of the dance as it is rendered needs none');
  t.equal(withPlace(first, 0, 2, 4).length, 1, 'a move that goes on is one wish');
});

t.test('changes are taken back and made again, until something else is changed', async (t) => {
  const second = changed(changed(historyOf('a'), 'b'), 'c');
  t.equal(undone(second).present, 'b');
  t.equal(undone(undone(undone(second))).present, 'a');
  t.equal(redone(undone(second)).present, 'c');
  t.equal(redone(second).present, 'c');
  t.equal(redone(changed(undone(second), 'd')).present, 'd');
});
