import t from 'tap';
import { openSongWish, parseQueryByRules, type SongChoice, selectSong } from '../src/index.ts';

function song(id: number, title: string, overrides: Partial<SongChoice> = {}): SongChoice {
  return { id, title, artist: 'Somebody', genre: 'bachata', bpm: 125, durationSec: 200, ...overrides };
}

function choose(songs: readonly SongChoice[], query: string, overrides = {}): number {
  return selectSong(songs, { ...parseQueryByRules(query), query, ...overrides }).id;
}

const CATALOGUE = [
  song(1, 'Del_mar', { bpm: 115 }),
  song(2, 'Me_emborrachare', { bpm: 125 }),
  song(3, 'Babalu', { bpm: 135 }),
  song(4, 'La Suegra', { artist: 'Romeo Santos', bpm: 118 }),
  song(5, 'Bachata Romántica', { artist: 'Aventura', bpm: 122 }),
];

t.test('energy picks the window of beats per minute', async (t) => {
  const songs = CATALOGUE.slice(0, 3);
  t.equal(choose(songs, 'a low energy dance'), 1);
  t.equal(choose(songs, 'a medium energy dance'), 2);
  t.equal(choose(songs, 'a high energy dance'), 3);
});

t.test('a stated tempo goes before the energy', async (t) => {
  t.equal(choose(CATALOGUE.slice(0, 3), 'slow, but high energy'), 1);
  t.equal(choose(CATALOGUE.slice(0, 3), 'fast, but low energy'), 3);
});

t.test('windows are soft: the nearest song wins where none is inside', async (t) => {
  t.equal(choose([song(1, 'A', { bpm: 90 }), song(2, 'B', { bpm: 150 })], 'high energy'), 2);
  t.equal(choose([song(1, 'A', { bpm: null }), song(2, 'B', { bpm: 134 })], 'high energy'), 2);
});

t.test('an artist or a title named in the sentence wins over tempo and energy', async (t) => {
  t.equal(choose(CATALOGUE, 'a high energy dance to Romeo Santos suegra'), 4);
  t.equal(choose(CATALOGUE, 'high energy bachata, something of Santos'), 4);
  t.equal(choose(CATALOGUE, 'low energy please, to babalú'), 3);
  t.equal(choose(CATALOGUE, 'something to dance', { songPreference: 'Me emborracharé' }), 2);
  t.equal(choose(CATALOGUE, 'dance to "Bachata Romantica", high energy'), 5);
});

t.test('words of style do not name a song, and what is excluded does not win', async (t) => {
  t.equal(choose(CATALOGUE, 'a high energy romantic bachata'), 3);
  t.equal(choose([song(1, 'Uno', { artist: 'Aventura' }), song(2, 'Two')], 'a bachata, but not Aventura'), 2);
  t.equal(
    choose([song(1, 'Uno', { artist: 'Aventura' }), song(2, 'Two')], 'any bachata, nothing but Aventura'),
    1,
  );
});

t.test('bachata comes before other genres, and style words count among equals', async (t) => {
  t.equal(
    choose([song(1, 'A', { genre: 'Salsa' }), song(2, 'B', { genre: 'Bachata sensual', bpm: 100 })], 'dance'),
    2,
  );
  t.equal(choose([song(1, 'Amanecer'), song(2, 'Fiesta en la playa')], 'energetic dance'), 2);
});

t.test('ties go by title, then id, whatever the order of the list', async (t) => {
  const songs = [song(7, 'B'), song(9, 'A'), song(8, 'A')];
  t.equal(choose(songs, 'a dance'), 8);
  t.equal(choose(songs.toReversed(), 'a dance'), 8);
});

t.test('an empty catalogue is an error', async (t) => {
  t.throws(() => choose([], 'a dance'), {
    code: 'CHOREOGRAPHY_NO_SONGS',
    message: 'No songs available in database',
  });
});

t.test('a name that is misspelt is found, and one that nobody has is told', async (t) => {
  t.equal(choose(CATALOGUE, 'high energy, something by Romeo Santoz'), 4);
  t.equal(choose(CATALOGUE, 'high energy, a song by avnetura'), 5);
  const open = (songPreference: string, id: number) =>
    openSongWish(CATALOGUE[id - 1]!, { query: `a dance to ${songPreference}`, songPreference });
  t.same(open('Romeo Santoz', 4), []);
  t.same(open('Prince Royce', 4), [
    { wish: 'music called "Prince Royce"', reason: 'the catalogue has no such song or artist' },
  ]);
});
