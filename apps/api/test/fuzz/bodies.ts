import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema } from '../documented-operations.ts';
import { anySizeTextArbitrary, textArbitrary } from './texts.ts';

/*
 * Bodies are made as JSON text, not as values: text can hold what no value can (a key twice, numbers beyond all
 * bounds). `«task:3»` stands for the id of the fourth task that there is when the request is sent (scene.ts).
 */

/** JSON text for fields whose value decides how far a request gets, whatever their schema lets through. */
const SENSIBLE_FIELDS: Readonly<Record<string, Arbitrary<string>>> = {
  username: fc.oneof(fc.constantFrom('"maria"', '"eve"'), fc.uuid().map(quote)),
  password: fc.constant('"una-noche-larga"'),
  password2: fc.constant('"una-noche-larga"'),
  current_password: fc.constant('"una-noche-larga"'),
  new_password: fc.constantFrom('"una-noche-larga"', '"otra-noche-mas-larga"'),
  token: fc.constant('"3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"'),
  refresh: fc.constantFrom('"«refresh:0»"', '"«refresh:1»"', '"«access:0»"'),
  song_id: placeholder('song'),
  task_id: placeholder('task'),
  choreography_id: fc.oneof(placeholder('item'), placeholder('task')),
  sequence_ids: fc.oneof(
    { arbitrary: fc.constant('[«sequences:0»]'), weight: 4 },
    {
      arbitrary: fc.uniqueArray(placeholder('sequence'), { maxLength: 4 }).map((ids) => `[${ids.join(',')}]`),
      weight: 1,
    },
  ),
  edits: fc.constantFrom(
    '[{"action":"another","index":0}]',
    '[{"action":"remove","index":1},{"action":"transition","index":2,"transition_type":"fade_black"}]',
    '[{"action":"replace","index":1,"move_id":"move-03"}]',
  ),
  confirmation: fc.nat({ max: 9 }).map((nth) => String(nth === 0)),
  query: fc.constantFrom(
    '"Create a romantic bachata for beginners with smooth transitions"',
    '"something fast and playful with many turns"',
    '"qwrtz plmkn bvcxy hgfds"',
  ),
};

const HOSTILE_NUMBERS = [
  '0',
  '-0',
  '-1',
  '1.5',
  '1e5',
  '2147483647',
  '2147483648',
  '-2147483649',
  '9007199254740993',
  '9223372036854775808',
  '1e308',
  '-1e400',
  '1e-400',
  `1${'0'.repeat(400)}`,
];

const HOSTILE_OBJECTS = [
  '{}',
  '[]',
  '[[]]',
  '[null]',
  '{"__proto__":{"isStaff":true,"toString":null}}',
  '{"constructor":{"prototype":{"isStaff":true}}}',
  '{"":{"a":[1,"x",null]}}',
  `${'['.repeat(40)}${']'.repeat(40)}`,
  `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`,
];

const BROKEN_BODIES = [
  '',
  ' ',
  '{',
  '{"a"',
  '{"a":1,}',
  "{'a':1}",
  '{"a":1}{"b":2}',
  '\ufeff{}',
  'undefined',
  'NaN',
  '"\n"',
  '[1,2',
  '['.repeat(20_000),
  '{"a":'.repeat(20_000),
  'a=1&b=2',
];

/** JSON text of any kind. */
const hostileArbitrary: Arbitrary<string> = fc.oneof(
  { arbitrary: anySizeTextArbitrary.map(quote), weight: 6 },
  { arbitrary: fc.constantFrom(...HOSTILE_NUMBERS), weight: 4 },
  { arbitrary: fc.constantFrom(...HOSTILE_OBJECTS), weight: 3 },
  { arbitrary: fc.constantFrom('null', 'true', 'false'), weight: 2 },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)), weight: 1 },
);

/** Bodies for an operation: sound, with some fields broken, or broken altogether; undefined for none at all. */
export function bodyArbitrary(schema: JsonSchema | undefined): Arbitrary<string | Buffer | undefined> {
  const sound = soundArbitrary(schema ?? {});
  return fc.oneof(
    { arbitrary: sound, weight: 8 },
    { arbitrary: brokenFieldsArbitrary(schema ?? {}), weight: 8 },
    { arbitrary: hostileArbitrary, weight: 2 },
    { arbitrary: fc.constantFrom(...BROKEN_BODIES), weight: 1 },
    { arbitrary: fc.constant(undefined), weight: schema === undefined ? 8 : 1 },
    { arbitrary: fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)), weight: 1 },
  );
}

/** JSON text that the schema allows. */
function soundArbitrary(schema: JsonSchema): Arbitrary<string> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.map((one) => JSON.stringify(one)));
  const [first, ...others] = [schema.type ?? 'object'].flat();
  const ofFirst = soundOfType(first ?? 'null', schema);
  return others.includes('null') ? fc.oneof(ofFirst, fc.constant('null')) : ofFirst;
}

function soundOfType(type: string, schema: JsonSchema): Arbitrary<string> {
  switch (type) {
    case 'integer':
      return fc
        .integer({ min: Math.max(schema.minimum ?? 0, -1e9), max: Math.min(schema.maximum ?? 1e9, 1e9) })
        .map(String);
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1e9, noNaN: true }).map(String);
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'array':
      if (schema.items === undefined)
        return fc.constantFrom(...(schema.examples ?? [[]]).map((one) => JSON.stringify(one)));
      return fc.array(soundArbitrary(schema.items), { maxLength: 4 }).map((items) => `[${items.join(',')}]`);
    case 'string':
      return soundText(schema).map(quote);
    case 'null':
      return fc.constant('null');
    default:
      return soundObject(schema);
  }
}

function soundText({ format, minLength = 0, maxLength = 300 }: JsonSchema): Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'email') return fc.oneof(fc.constant(''), fc.constant('maria@example.org'));
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 60) });
}

function soundObject(schema: JsonSchema): Arbitrary<string> {
  return fieldsArbitrary(schema).map(objectOf);
}

type Fields = [name: string, value: string][];

/** Required fields always, the others now and then. */
function fieldsArbitrary({ properties = {}, required = [] }: JsonSchema): Arbitrary<Fields> {
  const fields = Object.entries(properties).map(([name, field]) => {
    const value = SENSIBLE_FIELDS[name] ?? soundArbitrary(field);
    const present = value.map((text): Fields => [[name, text]]);
    return required.includes(name) ? present : fc.oneof(present, fc.constant<Fields>([]));
  });
  return fc.tuple(...fields).map((given) => given.flat());
}

/** Some fields replaced by anything, left out, given twice, or of names that nobody knows. */
function brokenFieldsArbitrary(schema: JsonSchema): Arbitrary<string> {
  const names = Object.keys(schema.properties ?? {});
  const name = fc.oneof(
    { arbitrary: names.length === 0 ? fc.constant('a') : fc.constantFrom(...names), weight: 6 },
    { arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'id', 'is_staff', ''), weight: 2 },
    { arbitrary: textArbitrary, weight: 1 },
  );
  const added = fc.array(fc.tuple(name, hostileArbitrary), { minLength: 1, maxLength: 3 });
  const dropped = fc.array(name, { maxLength: 1 });
  return fc
    .tuple(fieldsArbitrary(schema), added, dropped)
    .map(([fields, more, without]) =>
      objectOf([...fields.filter(([one]) => !without.includes(one)), ...more]),
    );
}

function objectOf(fields: Fields): string {
  return `{${fields.map(([name, value]) => `${quote(name)}:${value}`).join(',')}}`;
}

function placeholder(kind: string): Arbitrary<string> {
  return fc.nat({ max: 7 }).map((nth) => quote(`«${kind}:${nth}»`));
}

function quote(text: string): string {
  return JSON.stringify(text);
}
