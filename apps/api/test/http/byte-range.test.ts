import t from 'tap';
import { parseByteRange } from '../../src/http/byte-range.ts';

const WHOLE = { kind: 'whole' };
const NOWHERE = { kind: 'unsatisfiable' };
const part = (start: number, end: number) => ({ kind: 'part', start, end });

// RFC 9110, section 14.1.2, whose examples speak of an object of 10000 bytes.
const CASES: readonly [header: string | undefined, sizeBytes: number, expected: object][] = [
  [undefined, 10_000, WHOLE],
  ['bytes=0-499', 10_000, part(0, 499)],
  ['bytes=500-999', 10_000, part(500, 999)],
  ['bytes=-500', 10_000, part(9500, 9999)],
  ['bytes=9500-', 10_000, part(9500, 9999)],
  ['bytes=0-0', 10_000, part(0, 0)],
  ['BYTES=0-0', 10_000, part(0, 0)],
  ['bytes=9999-20000', 10_000, part(9999, 9999)],
  ['bytes=-20000', 10_000, part(0, 9999)],
  ['bytes=10000-', 10_000, NOWHERE],
  ['bytes=-0', 10_000, NOWHERE],
  ['bytes=0-', 0, NOWHERE],
  ['bytes=-1', 0, NOWHERE],
  ['bytes=5-4', 10_000, WHOLE],
  ['bytes=0-0,-1', 10_000, WHOLE],
  ['bytes=-', 10_000, WHOLE],
  ['bytes=a-b', 10_000, WHOLE],
  ['lines=0-4', 10_000, WHOLE],
  ['', 10_000, WHOLE],
];

t.test('a Range header means what RFC 9110 says', async (t) => {
  for (const [header, sizeBytes, expected] of CASES) {
    t.strictSame(parseByteRange(header, sizeBytes), expected, `${header} of ${sizeBytes}`);
  }
});
