import { createHash } from 'node:crypto';
import { endingOf, SONG_NAMES, stemOf, wordsOfSong } from '@bachata-buddy/songs';
import { storageKeyFault } from '@bachata-buddy/vocabulary';
import t from 'tap';
import { shownName, textOfName } from '../src/files/file-name.ts';
import { keyOfRecording } from '../src/files/readable-key.ts';
import { makeTurns } from '../src/turns.ts';
import { anyName, makeRandom } from './any-name.ts';

const RECORDING = createHash('sha256').update('x').digest('hex');

t.test(
  'of any name that a file system can hold a song gets a title, and a key that every store keeps',
  async (t) => {
    const random = makeRandom(20_251_129);
    for (let round = 0; round < 2_000; round += 1) {
      const name = anyName(random);
      const fileName = textOfName(name);
      const { title } = wordsOfSong({}, fileName);
      const key = await keyOfRecording(
        { prefix: 'songs/', name: stemOf(fileName), ending: endingOf(fileName), recordingHash: RECORDING },
        async () => false,
      );
      const isRight =
        SONG_NAMES.test(fileName) &&
        storageKeyFault(key) === null &&
        key.endsWith(`-${RECORDING.slice(0, 8)}.mp3`) &&
        key === key.normalize('NFC') &&
        title !== '' &&
        title.length <= 200 &&
        !/[\p{Cc}\p{Cs}]/u.test(title + shownName(name));
      if (!isRight) t.fail(`${JSON.stringify(name.toString('latin1'))}: ${key}, ${title}`);
    }
  },
);

t.test('a name is shown as it is, but for what no terminal should get and what is no text', async (t) => {
  t.equal(shownName(Buffer.from('Canción... 100% 💃.mp3')), 'Canción... 100% 💃.mp3');
  t.equal(shownName(Buffer.from('a\nb\u001b[31m.mp3')), 'a\\nb\\x1b[31m.mp3');
  t.equal(shownName(Buffer.from('Canci\xf3n.mp3', 'latin1')), 'Canci\\xf3n.mp3');
  t.equal(
    textOfName(Buffer.from('Canci\xf3n.mp3', 'latin1')),
    'Canción.mp3',
    'as archives of old Windows write it',
  );
  t.equal(textOfName(Buffer.from('Canción'.normalize('NFD'))), 'Canción');
});

t.test('a key is readable, and whoever comes second gets a number', async (t) => {
  const key = (name: string, ...taken: string[]) =>
    keyOfRecording({ prefix: 'songs/', ending: '.MP3', recordingHash: RECORDING, name }, async (one) =>
      taken.includes(one),
    );
  const first = 'songs/Dile-que-vuelva-2d711642.mp3';
  t.equal(await key('Dile que... vuelva'), first);
  t.equal(await key('Dile que... vuelva', first), 'songs/Dile-que-vuelva-2d711642-2.mp3');
  t.equal(await key('💃 ...'), 'songs/untitled-2d711642.mp3');
});

t.test('titles are cut between characters, and are one line', async (t) => {
  const long = '👩‍👩‍👧‍👦'.repeat(40);
  const { title } = wordsOfSong({ title: long }, 'x.mp3');
  t.ok(title.length <= 200 && long.startsWith(title) && title.length % 11 === 0, String(title.length));
  t.match(wordsOfSong({ title: 'a\u0000b\nc', album_artist: ' Romeo ' }, 'x.mp3'), {
    title: 'a b c',
    artist: 'Romeo',
  });
  t.match(wordsOfSong({}, '💃.mp3'), { title: '💃', artist: 'Unknown artist', genre: null });
  t.match(wordsOfSong({}, '.mp3'), { title: 'Untitled' });
});

t.test('tasks that run side by side take turns in the order in which they came', async (t) => {
  const turns = makeTurns();
  const [a, b, c, d] = [turns.take(), turns.take(), turns.take(), turns.take()];
  const order: string[] = [];
  const say = (word: string) => async () => {
    order.push(word);
    if (word === 'c') throw new Error('of no matter to others');
    return word;
  };
  const late = Promise.allSettled([d.inTurn(say('d')), c.inTurn(say('c'))]);
  b.leave();
  t.equal(await a.inTurn(say('a')), 'a');
  t.match(await late, [{ value: 'd' }, { status: 'rejected' }]);
  t.same(order, ['a', 'c', 'd']);
});
