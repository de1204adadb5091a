import t from 'tap';
import { paginate, parsePage, parsePageSizeLeniently } from '../../src/http/pagination.ts';

const items = Array.from({ length: 45 }, (_, index) => index);
const load = async ({ offset, limit }: { offset: number; limit: number }) => ({
  rows: items.slice(offset, offset + limit),
  count: items.length,
});
const invalidPage = { status: 404, body: { detail: 'Invalid page.' } } as unknown as Error;

t.test('a page in the middle links both ways and keeps the other parameters, sorted', async (t) => {
  const url = new URL('http://api.test/songs/?search=a+b&page=2&bpm_min=90');
  const page = await paginate({ request: { page: 2, pageSize: 20 }, url, load });
  t.strictSame(page.results, items.slice(20, 40));
  t.equal(page.count, 45);
  t.equal(page.next, 'http://api.test/songs/?bpm_min=90&page=3&search=a+b');
  t.equal(page.previous, 'http://api.test/songs/?bpm_min=90&search=a+b', 'page 1 needs no page');
});

t.test('the last page has no next', async (t) => {
  const url = new URL('http://api.test/songs');
  const page = await paginate({ request: { page: 'last', pageSize: 20 }, url, load });
  t.strictSame(page.results, items.slice(40));
  t.equal(page.next, null);
  t.equal(page.previous, 'http://api.test/songs?page=2');
});

t.test('an empty list has a first page and no second', async (t) => {
  const url = new URL('http://api.test/songs/');
  const nothing = async () => ({ rows: [], count: 0 });
  for (const page of [1, 'last'] as const) {
    const empty = { count: 0, next: null, previous: null, results: [] };
    t.strictSame(await paginate({ request: { page, pageSize: 20 }, url, load: nothing }), empty);
  }
  await t.rejects(paginate({ request: { page: 2, pageSize: 20 }, url, load: nothing }), invalidPage);
});

t.test('what is no page number is an invalid page', async (t) => {
  t.equal(parsePage(undefined), 1);
  t.equal(parsePage(''), 1);
  t.equal(parsePage('last'), 'last');
  for (const text of ['0', '-1', 'abc', '1.5', '1e3', '99999999999999999999']) {
    t.throws(() => parsePage(text), invalidPage, text);
  }
});

t.test('a lenient page size falls back to twenty', async (t) => {
  const sizes = ['1', '100', '101', '0', '-5', 'abc', '', undefined].map(parsePageSizeLeniently);
  t.strictSame(sizes, [1, 100, 20, 20, 20, 20, 20, 20]);
});
