import { MAX_STORAGE_KEY_LENGTH } from '@bachata-buddy/vocabulary';
import t from 'tap';
import { BlueprintError, parseStorageKey, storageKeyProblem } from '../src/index.ts';
import { STORAGE_KEY_PATTERN } from '../src/schema/storage-key-schema.ts';

const GOOD: readonly (readonly [text: string, key: string])[] = [
  ['songs/Amor.mp3', 'songs/Amor.mp3'],
  ['data/songs/Amor.mp3', 'songs/Amor.mp3'],
  ['data/output/choreography_abc-123.mp4', 'output/choreography_abc-123.mp4'],
  ['data', 'data'],
  ['database/x.mp4', 'database/x.mp4'],
  ['songs/Corazón sin cara (en vivo).mp3', 'songs/Corazón sin cara (en vivo).mp3'],
  ['songs/live: at night.mp3', 'songs/live: at night.mp3'],
  ['songs/.hidden', 'songs/.hidden'],
  ['songs/a.b.c', 'songs/a.b.c'],
  ['songs/%2e%2e/x', 'songs/%2e%2e/x'],
  ['songs/💃.mp3', 'songs/💃.mp3'],
  ['songs/Dile que... vuelva.mp3', 'songs/Dile que... vuelva.mp3'],
  ['songs/..hidden', 'songs/..hidden'],
  ['songs/end..', 'songs/end..'],
  ['.../x', '.../x'],
  ['a..b', 'a..b'],
  ['x'.repeat(255), 'x'.repeat(255)],
  [`data/${'ab/'.repeat(166)}cd`, `${'ab/'.repeat(166)}cd`],
];

/** Hostile or broken keys: traversal, absolute paths, schemes, drives, pipes of ffmpeg, hidden characters. */
const BAD = [
  '',
  '.',
  '..',
  '../x',
  'a/../b',
  'a/..',
  '..\\x',
  'data/..',
  'data/../x',
  '/',
  '/etc/passwd',
  '//host/share',
  'data/',
  'data//etc/passwd',
  'data/data/x',
  './x',
  'a/./b',
  'a/.',
  'a//b',
  'a/',
  'C:/x',
  'C:x',
  'c:\\windows',
  'data/C:/x',
  '\\\\host\\share',
  'a\\b',
  'file:x',
  'file:///etc/passwd',
  'gs://bucket/x',
  's3://bucket/x',
  'http://host/x',
  'data/file:/etc/passwd',
  'concat:a|b',
  'pipe:0',
  'data:text/plain,x',
  'a\0b',
  'a\nb',
  'a\tb',
  'a\u001bb',
  'a\u007fb',
  'a\u0085b',
  'a\ud800b',
  '\udc00',
];

const TOO_LONG = [
  'x'.repeat(256),
  'é'.repeat(128),
  '💃'.repeat(64),
  `${'ab/'.repeat(167)}c`,
  `${'界'.repeat(85)}/`.repeat(4) + '界'.repeat(5),
];

const pattern = new RegExp(STORAGE_KEY_PATTERN, 'u');

for (const [text, key] of GOOD) {
  t.test(`accepts ${JSON.stringify(text.slice(0, 60))}`, async (t) => {
    t.equal(storageKeyProblem(text), null);
    t.equal(parseStorageKey(text), key);
    t.equal(parseStorageKey(key), key, 'a parsed key parses to itself');
    t.match(text, pattern, 'the published pattern agrees');
  });
}

for (const text of BAD) {
  t.test(`refuses ${JSON.stringify(text)}`, async (t) => {
    t.type(storageKeyProblem(text), 'string');
    t.throws(() => parseStorageKey(text), BlueprintError);
    t.notMatch(text, pattern, 'the published pattern agrees');
  });
}

for (const text of TOO_LONG) {
  t.test(`refuses ${text.length} characters, ${Buffer.byteLength(text)} bytes`, async (t) => {
    t.match(storageKeyProblem(text), /longer than/);
  });
}

t.test('the longest key is 500 characters, data/ not counted', async (t) => {
  const longest = `${'ab/'.repeat(166)}cd`;
  t.equal(longest.length, MAX_STORAGE_KEY_LENGTH);
  t.equal(storageKeyProblem(`data/${longest}`), null);
  t.equal(storageKeyProblem(`data/${longest}e`), 'is longer than 500 characters');
});

t.test('a refused key says why, without the prefix of documents', async (t) => {
  t.throws(() => parseStorageKey('/etc/passwd'), {
    message: 'Storage key contains absolute path (not allowed): /etc/passwd',
    issues: [{ path: '', text: 'Storage key contains absolute path (not allowed): /etc/passwd' }],
  });
});
