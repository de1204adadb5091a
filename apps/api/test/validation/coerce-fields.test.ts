import t from 'tap';
import { Type } from 'typebox';
import { coerceFields } from '../../src/validation/coerce-fields.ts';

const schema = Type.Object({
  text: Type.String(),
  secret: Type.String({ 'x-keep-spaces': true }),
  old: Type.String({ 'x-as-typed': true }),
  choice: Type.Enum(['a', 'b']),
  whole: Type.Integer(),
  flag: Type.Boolean(),
  list: Type.Array(Type.String()),
});

const CASES: readonly [field: string, given: unknown, expected: unknown][] = [
  ['text', '  a b\n', 'a b'],
  ['text', 12.5, '12.5'],
  ['text', true, true],
  ['text', null, null],
  ['text', 'cancio\u0301n', 'canción'],
  ['secret', ' a ', ' a '],
  ['secret', 'n\u0303', 'ñ'],
  ['old', ' n\u0303', 'n\u0303'],
  ['list', ['n\u0303', { 'e\u0301': ['u\u0308', 1, null] }], ['ñ', { é: ['ü', 1, null] }]],
  ['choice', ' a ', 'a'],
  ['whole', '12', 12],
  ['whole', ' -7 ', -7],
  ['whole', '3.0', 3],
  ['whole', '3.5', '3.5'],
  ['whole', '', ''],
  ['whole', '0x10', '0x10'],
  ['whole', true, true],
  ['flag', 'Yes', true],
  ['flag', 1, true],
  ['flag', 'off', false],
  ['flag', 0, false],
  ['flag', 'maybe', 'maybe'],
  ['flag', 2, 2],
  ['list', [' a '], [' a ']],
];

t.test('a field becomes what its schema asks for where the meaning is plain', async (t) => {
  for (const [field, given, expected] of CASES) {
    t.strictSame(
      coerceFields(schema, { [field]: given }),
      { [field]: expected },
      `${field}: ${JSON.stringify(given)}`,
    );
  }
});

t.test('unknown fields are dropped and absent ones stay absent', async (t) => {
  const body = JSON.parse('{"text":"a","other":1,"__proto__":{"flag":true}}');
  const coerced = coerceFields(schema, body) as Record<string, unknown>;
  t.strictSame(Object.keys(coerced), ['text']);
  t.equal(coerced.flag, undefined);
});

t.test('what is no object is left for the validator', async (t) => {
  for (const body of [null, undefined, [1], 'x', 5]) t.equal(coerceFields(schema, body), body);
});
