import t from 'tap';
import { elementAt, valueAt } from '../src/index.ts';

t.test(
  'what has to be there is given, from either end, and what is not is a fault that says so',
  async (t) => {
    const list = Float64Array.of(1, 2, 3);
    t.strictSame(
      [elementAt(list, 0), elementAt(list, 2), elementAt(list, -1), elementAt(list, -3)],
      [1, 3, 3, 1],
    );
    for (const index of [3, -4, 0.5, Number.NaN])
      t.throws(() => elementAt(list, index), new RangeError(`no element ${index} among 3`));
    t.equal(valueAt(new Map([['a', 0]]), 'a'), 0);
    t.throws(() => valueAt(new Map([['a', 0]]), 'b'), new RangeError('no value for b among 1'));
  },
);
