import Fastify from 'fastify';
import t from 'tap';
import { Type } from 'typebox';
import { errors } from '../../src/plugins/errors.ts';
import { jsonBody } from '../../src/plugins/json-body.ts';
import { rootOptions } from '../../src/root-options.ts';
import { BlankableText, Text } from '../../src/schemas/fields.ts';

const schema = Type.Object(
  {
    title: Text({ maxLength: 5 }),
    notes: Type.Optional(BlankableText({ maxLength: 5 })),
    level: Type.Optional(Type.Enum(['low', 'high'])),
    special: Type.Optional(Type.Enum(['a'], { 'x-texts': { enum: 'Only a.' } })),
    count: Type.Optional(Type.Integer({ minimum: 1 })),
    ratio: Type.Optional(Type.Number()),
    flag: Type.Optional(Type.Boolean()),
    id: Type.Optional(Type.String({ format: 'uuid' })),
    ids: Type.Optional(Type.Array(Type.String({ format: 'uuid' }), { minItems: 1 })),
    extra: Type.Optional(Type.Object({ size: Type.Optional(Type.Integer()) })),
  },
  { additionalProperties: false },
);

async function post(payload: string | undefined, contentType: string | undefined = 'application/json') {
  const app = Fastify(rootOptions);
  await app.register(errors);
  await app.register(jsonBody);
  app.post('/', { schema: { body: schema } }, async (request) => request.body);
  const headers = contentType === '' ? {} : { 'content-type': contentType };
  const answer = await app.inject({
    method: 'POST',
    url: '/',
    headers,
    ...(payload === undefined ? {} : { payload }),
  });
  await app.close();
  return { status: answer.statusCode, body: answer.json() };
}

const CASES: readonly [body: object, expected: object][] = [
  [{}, { title: ['This field is required.'] }],
  [{ title: null }, { title: ['This field may not be null.'] }],
  [{ title: '' }, { title: ['This field may not be blank.'] }],
  [{ title: '   ' }, { title: ['This field may not be blank.'] }],
  [{ title: true }, { title: ['Not a valid string.'] }],
  [{ title: ['a'] }, { title: ['Not a valid string.'] }],
  [{ title: 'abcdef' }, { title: ['Ensure this field has no more than 5 characters.'] }],
  [{ title: 'a\0b' }, { title: ['Null characters are not allowed.'] }],
  [{ title: 'a', level: 'middle' }, { level: ['"middle" is not a valid choice.'] }],
  [{ title: 'a', level: '' }, { level: ['"" is not a valid choice.'] }],
  [{ title: 'a', level: null }, { level: ['This field may not be null.'] }],
  [{ title: 'a', level: 3 }, { level: ['"3" is not a valid choice.'] }],
  [{ title: 'a', special: 'b' }, { special: ['Only a.'] }],
  [{ title: 'a', count: 'x' }, { count: ['A valid integer is required.'] }],
  [{ title: 'a', count: '' }, { count: ['A valid integer is required.'] }],
  [{ title: 'a', count: 1.5 }, { count: ['A valid integer is required.'] }],
  [{ title: 'a', count: true }, { count: ['A valid integer is required.'] }],
  [{ title: 'a', count: 0 }, { count: ['Ensure this value is greater than or equal to 1.'] }],
  [{ title: 'a', ratio: {} }, { ratio: ['A valid number is required.'] }],
  [{ title: 'a', flag: 'maybe' }, { flag: ['Must be a valid boolean.'] }],
  [{ title: 'a', id: 'x' }, { id: ['Must be a valid UUID.'] }],
  [{ title: 'a', ids: [] }, { ids: ['This list may not be empty.'] }],
  [{ title: 'a', ids: 'x' }, { ids: ['Expected a list of items but got type "str".'] }],
  [{ title: 'a', ids: ['x'] }, { ids: { '0': ['Must be a valid UUID.'] } }],
  [{ title: 'a', extra: [] }, { extra: ['Expected a dictionary of items but got type "list".'] }],
  [{ title: 'a', extra: { size: 'x' } }, { extra: { size: ['A valid integer is required.'] } }],
];

t.test('each cause has its own text', async (t) => {
  for (const [body, expected] of CASES) {
    t.strictSame(await post(JSON.stringify(body)), { status: 400, body: expected }, JSON.stringify(body));
  }
});

t.test('all failing fields are told at once', async (t) => {
  const { body } = await post(JSON.stringify({ notes: 'abcdef', level: 'x', count: null, flag: [] }));
  t.strictSame(body, {
    title: ['This field is required.'],
    notes: ['Ensure this field has no more than 5 characters.'],
    level: ['"x" is not a valid choice.'],
    count: ['This field may not be null.'],
    flag: ['Must be a valid boolean.'],
  });
});

t.test('what is meant plainly is accepted', async (t) => {
  const given = { title: ' ab ', notes: '', count: '7', flag: 'on', unknown: 1 };
  t.strictSame(await post(JSON.stringify(given)), {
    status: 200,
    body: { title: 'ab', notes: '', count: 7, flag: true },
  });
});

t.test('a body that is no object says what it is', async (t) => {
  const kinds = { '[]': 'list', '"x"': 'str', '5': 'int', '5.5': 'float', true: 'bool' };
  for (const [payload, kind] of Object.entries(kinds)) {
    const text = `Invalid data. Expected a dictionary, but got ${kind}.`;
    t.strictSame(await post(payload), { status: 400, body: { non_field_errors: [text] } }, payload);
  }
  t.strictSame((await post('null')).body, { non_field_errors: ['No data provided'] });
});

t.test('no body and an empty body are bodies without fields', async (t) => {
  const expected = { status: 400, body: { title: ['This field is required.'] } };
  t.strictSame(await post(undefined, ''), expected);
  t.strictSame(await post(''), expected);
});

t.test('broken JSON, other media types and large bodies are refused in JSON', async (t) => {
  t.strictSame(await post('{"title":'), {
    status: 400,
    body: { detail: 'JSON parse error - The body is not valid JSON.' },
  });
  const tooDeep = { detail: 'JSON parse error - The body is nested too deeply.' };
  const nested = (depth: number) =>
    `{"unknown":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)},"title":"a"}`;
  for (const payload of ['['.repeat(10_000), nested(100_000), nested(51)]) {
    t.strictSame(await post(payload), { status: 400, body: tooDeep });
  }
  t.not((await post(nested(50))).body.detail, tooDeep.detail);
  t.strictSame(await post('title=a', 'text/plain'), {
    status: 415,
    body: { detail: 'Unsupported media type "text/plain" in request.' },
  });
  const tooLarge = await post(JSON.stringify({ title: 'a'.repeat(300_000) }));
  t.strictSame(tooLarge, { status: 413, body: { detail: 'The request body is too large.' } });
});
