import t from 'tap';
import Schema from 'typebox/schema';
import { Value } from 'typebox/value';
import { BlueprintSchema, blueprintJsonSchema, validateBlueprint } from '../src/index.ts';
import type { SchemaNode } from '../src/schema/schema-node.ts';
import { document, EXAMPLE_NAMES, type LooseDocument } from './support/documents.ts';

const published = JSON.parse(JSON.stringify(blueprintJsonSchema()));
const isPublishedGood = (value: unknown) => Schema.Check(published, value);

/** Values put in place of each field: every JSON type, every edge of the ranges. */
const REPLACEMENTS: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  'x',
  '../x',
  'mp4',
  'cut',
  '2M',
  '1.5',
  'x'.repeat(3_000),
  -1,
  -0.5,
  0,
  0.2,
  0.25,
  0.5,
  1,
  1.5,
  4,
  4.5,
  10,
  11,
  120,
  121,
  7_200,
  7_201,
  10_000,
  1e15,
  1e300,
  [],
  [1],
  [-1],
  ['x'],
  [{}],
  {},
  { id: 1 },
];

/** Every place of the fullest example: [container, key] of the copy given. */
function places(value: LooseDocument): (readonly [LooseDocument, string])[] {
  const objects = [value, value.song, value.moves[0], value.moves[1], value.output_config];
  return objects.flatMap((object) => Object.keys(object).map((key) => [object, key] as const));
}

t.test('the published schema is plain JSON Schema, draft 2020-12, with a name', async (t) => {
  t.equal(published.$schema, 'https://json-schema.org/draft/2020-12/schema');
  t.equal(published.$id, 'urn:bachata-buddy:blueprint:1.1');
  t.notMatch(JSON.stringify(published), /"x-/, 'no keyword of ours is left');
});

t.test('every field is described, and every time has a unit', async (t) => {
  const visit = (node: SchemaNode, path: string): void => {
    t.ok((node.description ?? '').length >= 10, `${path} is described`);
    if (/(time|duration|trim_\w+|beats)$/.test(path)) t.match(node['x-unit'], /second/, `${path} has a unit`);
    for (const [name, child] of Object.entries(node.properties ?? {})) visit(child, `${path}.${name}`);
    if (node.items) visit(node.items, `${path}[]`);
  };
  visit(BlueprintSchema as SchemaNode, '');
});

for (const name of EXAMPLE_NAMES) {
  t.test(`${name} is good by the published schema and by the code's`, async (t) => {
    t.ok(isPublishedGood(document(undefined, name)));
    t.ok(Value.Check(BlueprintSchema, document(undefined, name)));
  });
}

t.test('published schema, code schema and texts agree on every mutation of one field', async (t) => {
  const count = places(document(undefined, 'every-field.json')).length;
  let refused = 0;
  for (let place = 0; place < count; place += 1) {
    for (const replacement of [...REPLACEMENTS, undefined]) {
      const mutated = document(undefined, 'every-field.json');
      const [container, key] = places(mutated)[place]!;
      if (replacement === undefined) delete container[key];
      else container[key] = structuredClone(replacement);
      const isGood = isPublishedGood(mutated);
      const label = `${key} = ${JSON.stringify(replacement)?.slice(0, 40)}`;
      if (Value.Check(BlueprintSchema, mutated) !== isGood) t.fail(`the schemas disagree on ${label}`);
      const issues = validateBlueprint(mutated);
      if (!isGood && issues.length === 0) t.fail(`accepted against the schema: ${label}`);
      if (issues.some((issue) => issue.text === 'Blueprint does not match its schema'))
        t.fail(`no text: ${label}`);
      // What the schema accepts may still break a rule between fields, never a rule of one field.
      if (
        isGood &&
        issues.some((issue) =>
          /must be (of type|a |between [\d.]+ and [\d.]+$|at )|missing|empty/.test(issue.text),
        )
      ) {
        t.fail(`refused against the schema: ${label}: ${issues[0]?.text}`);
      }
      refused += isGood ? 0 : 1;
    }
  }
  t.ok(refused > count * 10, `${refused} mutations were refused`);
});
