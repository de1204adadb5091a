import t from 'tap';
import { checkEdits } from '../src/revise/check-edits.ts';
import type { Edit } from '../src/revise/revision.ts';

t.test('the move that a dance begins with in the end is the one that is entered by a cut', async (t) => {
  const [toEnd, toStart]: Edit[] = [
    { action: 'move', index: 0, to: 3 },
    { action: 'move', index: 2, to: 0 },
  ];
  const crossfade = (index: number): Edit => ({ action: 'transition', index, transition: 'crossfade' });
  const refused = (...edits: Edit[]) => checkEdits(edits, 4).map(({ edit, field }) => [edit, field]);
  t.strictSame(refused(toEnd!, crossfade(0)), []);
  t.strictSame(refused(toEnd!, crossfade(1)), [[1, 'transition']]);
  t.strictSame(refused(toStart!, crossfade(0)), []);
  t.strictSame(refused(toEnd!, toStart!, crossfade(2)), [[2, 'transition']], 'one after the other');
  t.strictSame(refused({ action: 'remove', index: 0 }, crossfade(1)), [[1, 'transition']]);
});
