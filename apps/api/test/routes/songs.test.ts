import t from 'tap';
import { addSong, addUser } from '../catalogue.ts';
import { actAs, makeTestApp } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';

async function makeCatalogue(t: Tap) {
  const { app, database } = await makeTestApp(t);
  await addSong(database, 'Suegra', {
    artist: 'Romeo Santos',
    bpm: 123,
    genre: 'Modern Bachata',
    durationSec: 224,
  });
  await addSong(database, 'Besito a besito', { bpm: 133, genre: 'Traditional Bachata', durationSec: 212.25 });
  await addSong(database, 'Del mar', { artist: 'Ana', bpm: 115, genre: 'Sensual Bachata' });
  await addSong(database, '100% amor_', { bpm: null });
  const get = actAs(app, await addUser(database, 'maria'));
  const titles = async (query: string) => {
    const answer = await get({ url: `/api/choreography/songs/${query}` });
    return answer.json().results.map((song: { title: string }) => song.title);
  };
  return { get, titles };
}

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

t.test('songs come by title, page by page, in the documented shape', async (t) => {
  const { get } = await makeCatalogue(t);
  const first = (await get({ url: '/api/choreography/songs?page_size=3' })).json();
  t.match(first, {
    count: 4,
    previous: null,
    next: 'http://localhost/api/choreography/songs?page=2&page_size=3',
  });
  const { created_at: createdAt, ...besito } = first.results[1];
  t.match(createdAt, TIMESTAMP);
  t.strictSame(besito, {
    id: 2,
    title: 'Besito a besito',
    artist: 'Los Probadores',
    duration: 212.25,
    bpm: 133,
    genre: 'Traditional Bachata',
  });
  t.strictSame(first.results[0].bpm, null);
  const second = (await get({ url: '/api/choreography/songs/?page_size=3&page=2' })).json();
  t.equal(second.results[0].title, 'Suegra');
  t.equal(second.previous, 'http://localhost/api/choreography/songs/?page_size=3');
});

t.test('filters, search and ordering do what they say', async (t) => {
  const { titles } = await makeCatalogue(t);
  const all = ['100% amor_', 'Besito a besito', 'Del mar', 'Suegra'];
  const cases: [query: string, expected: string[]][] = [
    ['', all],
    ['?genre=MODERN', ['Suegra']],
    ['?genre=bachata', ['Besito a besito', 'Del mar', 'Suegra']],
    ['?genre=&search=&bpm_min=&bpm_max=&ordering=', all],
    ['?search=romeo', ['Suegra']],
    ['?search=BESITO%20%C3%81%20BESITO', ['Besito a besito']],
    ['?search=romeo%CC%81', ['Suegra']],
    ['?genre=m%C3%B3dern', ['Suegra']],
    ['?search=100%25', ['100% amor_']],
    ['?search=%25', ['100% amor_']],
    ['?search=_', ['100% amor_']],
    ['?bpm_min=115&bpm_max=123', ['Del mar', 'Suegra']],
    ['?bpm_min=0', ['Besito a besito', 'Del mar', 'Suegra']],
    ['?bpm_max=99999999999999', ['Besito a besito', 'Del mar', 'Suegra']],
    ['?ordering=-bpm&bpm_min=0', ['Besito a besito', 'Suegra', 'Del mar']],
    ['?ordering=artist&bpm_min=0', ['Del mar', 'Besito a besito', 'Suegra']],
    ['?ordering=nonsense', all],
    ['?page=last&page_size=3', ['Suegra']],
    ['?search=x&search=mar', ['Del mar']],
    ["?search=';drop table songs;--", []],
  ];
  for (const [query, expected] of cases) t.strictSame(await titles(query), expected, query);
});

t.test('parameters that mean nothing are refused as documented', async (t) => {
  const { get } = await makeCatalogue(t);
  const cases: [query: string, status: number, body: object][] = [
    ['page_size=101', 400, { error: 'page_size cannot exceed 100' }],
    ['page_size=ten', 400, { error: 'page_size must be a valid integer' }],
    ['bpm_min=fast', 400, { error: 'bpm_min must be a valid integer' }],
    ['bpm_min=1.5', 400, { error: 'bpm_min must be a valid integer' }],
    ['bpm_max=-1', 400, { error: 'bpm_max must be a positive integer' }],
    ['page=2', 404, { detail: 'Invalid page.' }],
    ['page=x', 404, { detail: 'Invalid page.' }],
    ['search=a%00b', 400, { search: ['Null characters are not allowed.'] }],
  ];
  for (const [query, status, body] of cases) {
    const answer = await get({ url: `/api/choreography/songs/?${query}` });
    t.strictSame([answer.statusCode, answer.json()], [status, body], query);
  }
  for (const size of ['0', '-3']) {
    t.equal((await get({ url: `/api/choreography/songs/?page_size=${size}` })).statusCode, 200);
  }
});

t.test('one song shows where its audio lies', async (t) => {
  const { get } = await makeCatalogue(t);
  for (const url of ['/api/choreography/songs/3/', '/api/choreography/songs/3']) {
    const song = (await get({ url })).json();
    t.match(song, { id: 3, title: 'Del mar', audio_path: 'songs/Del_mar.mp3', updated_at: TIMESTAMP });
    t.notOk('analysis' in song, 'nobody has listened to it yet');
    t.equal(Object.keys(song).length, 9);
  }
});

t.test('a song that is not there is a 404, never a failure', async (t) => {
  const { get } = await makeCatalogue(t);
  const noSong = { detail: 'No Song matches the given query.' };
  const nothing = { detail: 'Not found.' };
  const cases: [id: string, body: object][] = [
    ['999', noSong],
    ['0', noSong],
    ['2147483648', noSong],
    ['9'.repeat(30), noSong],
    ['abc', nothing],
    ['1.5', nothing],
    ['-1', nothing],
    ['%00', nothing],
  ];
  for (const [id, body] of cases) {
    const answer = await get({ url: `/api/choreography/songs/${id}/` });
    t.strictSame([answer.statusCode, answer.json()], [404, body], id);
  }
});

t.test('links name the public address where one is configured', async (t) => {
  const { app, database } = await makeTestApp(t, { config: { PUBLIC_URL: 'https://api.bachatabuddy.com' } });
  await addSong(database, 'One');
  await addSong(database, 'Two');
  const get = actAs(app, await addUser(database, 'maria'));
  const { next } = (await get({ url: '/api/choreography/songs/?page_size=1' })).json();
  t.equal(next, 'https://api.bachatabuddy.com/api/choreography/songs/?page=2&page_size=1');
});

t.test('a Host header that is no host changes links, not the answer', async (t) => {
  const { app, database } = await makeTestApp(t, { config: { TRUSTED_PROXIES: '127.0.0.1' } });
  await addSong(database, 'One');
  await addSong(database, 'Two');
  const get = actAs(app, await addUser(database, 'maria'));
  const path = '/api/choreography/songs/?page=2&page_size=1';
  const cases: [headers: Record<string, string>, origin: string][] = [
    [{ host: 'api.test:8000' }, 'http://api.test:8000'],
    [{ host: '[::1]:8000' }, 'http://[::1]:8000'],
    [{ host: 'api.test', 'x-forwarded-proto': 'https' }, 'https://api.test'],
    [{ host: 'api.test', 'x-forwarded-proto': 'no scheme' }, 'http://api.test'],
    [{ host: 'x:99999' }, 'http://localhost'],
    [{ host: '[:::::]' }, 'http://localhost'],
    [{ host: '999.999.999.999' }, 'http://localhost'],
    [{ host: 'evil.test/?' }, 'http://localhost'],
  ];
  for (const [headers, origin] of cases) {
    const answer = await get({ url: path, headers });
    t.strictSame(
      [answer.statusCode, answer.json().previous],
      [200, `${origin}/api/choreography/songs/?page_size=1`],
      JSON.stringify(headers),
    );
  }
});
