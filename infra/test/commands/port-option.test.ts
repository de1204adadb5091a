import { AppError } from '@bachata-buddy/platform';
import t from 'tap';
import { portOf } from '../../dev/commands/port-option.ts';

t.test(
  'a port is a whole number that can be listened on; anything else is refused before anything starts',
  async (t) => {
    t.equal(portOf('1'), 1);
    t.equal(portOf('65535'), 65_535);
    for (const text of ['0', '65536', '-1', '80.5', 'abc', '']) {
      t.throws(() => portOf(text), AppError, text);
    }
  },
);
