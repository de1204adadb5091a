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
    t.equal(
      removed.filter(({ index }) => index === 2).length,
      1,
      'of what is removed nothing else is wanted',
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

t.test('changes are taken back and made again, until something else is changed', async (t) => {
  const second = changed(changed(historyOf('a'), 'b'), 'c');
  t.equal(undone(second).present, 'b');
  t.equal(undone(undone(undone(second))).present, 'a');
  t.equal(redone(undone(second)).present, 'c');
  t.equal(redone(second).present, 'c');
  t.equal(redone(changed(undone(second), 'd')).present, 'd');
});
