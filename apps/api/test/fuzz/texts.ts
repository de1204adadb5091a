import fc, { type Arbitrary } from 'fast-check';

/** Text that has broken somebody's program before. */
const FAMOUS_TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'a\udfffb',
  '\udc00\ud800',
  '\ufeff',
  '\u202etxt.exe',
  '\u{10ffff}',
  'İıſß',
  'a\u0301'.repeat(40),
  '👩‍👩‍👧‍👦',
  "'; drop table users; --",
  '%_\\%',
  '{{7*7}}<%= 7*7 %>',
  '../../../etc/passwd',
  '<script>alert(1)</script>',
  '\r\nset-cookie: a=b',
  'null',
  'NaN',
  '1e309',
  '-0',
  '00000000-0000-0000-0000-000000000000',
  'urn:uuid:00000000-0000-4000-8000-000000000000',
  '2147483648',
  '９９',
  'x'.repeat(201),
];

const MEGABYTE = 'x'.repeat(1_000_000);

export const textArbitrary: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...FAMOUS_TEXTS), weight: 6 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 40 }), weight: 4 },
  { arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }), weight: 2 },
  { arbitrary: fc.string({ unit: loneSurrogate(), minLength: 1, maxLength: 5 }), weight: 1 },
);

/** Large ones seldom: a whole megabyte costs as much as a hundred other requests. */
export const anySizeTextArbitrary: Arbitrary<string> = fc.oneof(
  { arbitrary: textArbitrary, weight: 200 },
  { arbitrary: fc.constant(MEGABYTE), weight: 1 },
  { arbitrary: fc.constant('x'.repeat(100_000)), weight: 2 },
);

function loneSurrogate(): Arbitrary<string> {
  return fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code));
}
