import t from 'tap';
import { isNestedDeeperThan } from '../../src/http/json-nesting.ts';

t.test('brackets count where they nest, of either kind', async (t) => {
  t.notOk(isNestedDeeperThan(3, '{"a":[{"b":1},{"b":2},{}],"c":[[]]}'));
  t.ok(isNestedDeeperThan(2, '{"a":[{"b":1}]}'));
  t.ok(isNestedDeeperThan(50, '['.repeat(51)));
  t.notOk(isNestedDeeperThan(50, `${'['.repeat(50)}${']'.repeat(50)}`));
  t.notOk(isNestedDeeperThan(1, `[${'{},'.repeat(1_000)}{}]`.replace(/\{\}/g, '0')));
});

t.test('brackets in strings are text, whatever is escaped before the quote', async (t) => {
  t.notOk(isNestedDeeperThan(1, JSON.stringify({ a: '[[[{{{', '[{': '"[[\\' })));
  t.ok(isNestedDeeperThan(1, '{"a\\\\":[]}'), 'an escaped backslash escapes no quote');
  t.notOk(isNestedDeeperThan(1, '{"a\\":[]":0}'), 'an escaped quote ends no string');
});
