import t from 'tap';
import {
  type Database,
  findAnalysis,
  findSong,
  findSongByAudioPath,
  listAllSongs,
  listSongs,
  type SongFilter,
  saveAnalysis,
  setSongGrid,
  upsertSong,
} from '../src/index.ts';
import { makeTestDatabase } from '../src/testkit.ts';
import { songValues } from './fixtures.ts';

/** In the order of insertion, which no ordering below gives by chance. */
const CATALOGUE = [
  { title: 'Propuesta', artist: 'Romeo Santos', bpm: 126, genre: 'Modern Bachata', durationSec: 240 },
  { title: 'amor_100%', artist: 'Zacarías', bpm: null, genre: null, durationSec: 199.5 },
  { title: 'Obsesión', artist: 'Aventura', bpm: 132, genre: 'Traditional Bachata', durationSec: 250 },
  { title: 'Babalu', artist: 'romeo duo', bpm: 126, genre: 'Modern Bachata', durationSec: 180 },
  { title: 'back\\slash', artist: 'Éxtasis', bpm: 110, genre: 'sensual bachata', durationSec: 210 },
];

async function addCatalogue(db: Database): Promise<void> {
  for (const song of CATALOGUE) await upsertSong(db, songValues(song));
}

async function titles(db: Database, filter: Partial<SongFilter>): Promise<string[]> {
  const { rows, count } = await listSongs(db, { limit: 100, offset: 0, ...filter });
  if (count !== rows.length) throw new Error('The count disagrees with the rows');
  return rows.map((song) => song.title);
}

t.test('a song is added, then unchanged, then updated, and keeps its id', async (t) => {
  const { db } = await makeTestDatabase(t);
  const values = songValues({ title: 'Suegra', durationSec: 224.123456789 });
  const added = await upsertSong(db, values);
  t.match(added, { outcome: 'added', row: { title: 'Suegra', durationSec: 224.123456789, bpm: null } });
  t.same(await upsertSong(db, values), { outcome: 'unchanged', row: added.row });
  const updated = await upsertSong(db, { ...values, bpm: 123, genre: 'Modern Bachata' });
  t.match(updated, { outcome: 'updated', row: { id: added.row.id, bpm: 123, genre: 'Modern Bachata' } });
  t.ok(updated.row.updatedAt >= added.row.updatedAt);
  t.match(await upsertSong(db, values), { outcome: 'updated', row: { bpm: null } }, 'absent means null');
  t.match(await findSong(db, added.row.id, 'operator'), { title: 'Suegra' });
  t.match(await findSongByAudioPath(db, values.audioPath), { id: added.row.id });
  t.equal(await findSong(db, added.row.id + 1, 'operator'), null);
  t.equal(await findSongByAudioPath(db, 'songs/none.mp3'), null);
});

t.test('ten that bring in one new song at the same time add it once', async (t) => {
  const { db } = await makeTestDatabase(t);
  const values = songValues();
  const results = await Promise.all(Array.from({ length: 10 }, () => upsertSong(db, values)));
  t.same(results.map(({ outcome }) => outcome).sort(), ['added', ...Array(9).fill('unchanged')]);
});

t.test('songs are filtered by part of the genre, tempo bounds and part of title or artist', async (t) => {
  const { db } = await makeTestDatabase(t);
  await addCatalogue(db);
  t.same(await titles(db, { genre: 'modern' }), ['Babalu', 'Propuesta']);
  t.same(await titles(db, { genre: 'SENSUAL' }), ['back\\slash']);
  t.same(
    await titles(db, { bpmMin: 126 }),
    ['Babalu', 'Obsesión', 'Propuesta'],
    'inclusive, unknown drops out',
  );
  t.same(await titles(db, { bpmMax: 126 }), ['Babalu', 'back\\slash', 'Propuesta']);
  t.same(await titles(db, { bpmMin: 0 }), ['Babalu', 'back\\slash', 'Obsesión', 'Propuesta'], '0 is a bound');
  t.same(await titles(db, { bpmMin: 127, bpmMax: 126 }), []);
  t.same(await titles(db, { search: 'ROMEO' }), ['Babalu', 'Propuesta']);
  t.same(await titles(db, { search: 'OBSESIO\u0301N' }), ['Obsesión'], 'case and marks fold');
  t.same(await titles(db, { search: 'romeo', genre: 'modern', bpmMin: 100, bpmMax: 200 }), [
    'Babalu',
    'Propuesta',
  ]);
});

/** Two hundred titles by as many artists, of nine ways to write; no two are the same without case and accents. */
function peoplesNames(): { title: string; artist: string }[] {
  const words = [
    ['Canción', 'Señorita', 'Corazón'],
    ['Été', 'Garçon', 'Œuvre'],
    ['Straße', 'Mädchen', 'Grüße'],
    ['Żółć', 'Dziękuję', 'Źrebię'],
    ['Tiếng Việt', 'Đường', 'Ngày'],
    ['İstanbul', 'Iğdır', 'Çağrı'],
    ['Αγάπη', 'Χορός', 'ΣΕΙΡΙΟΣ'],
    ['Йога', 'Ёлка', 'Київ'],
    ['ﬁesta', 'Ｄａｎｃｅ', 'Ångström ²'],
  ].flat();
  return Array.from({ length: 200 }, (_, n) => {
    const [word, other] = [words[n % words.length], words[(n * 7 + 3) % words.length]];
    return { title: `${word} ${other} #${n}#`, artist: `${other} ${word} @${n}@` };
  });
}

/** As somebody else's system or hurry may write a text. */
const writtenOtherwise = (text: string): string[] => [
  text.normalize('NFC'),
  text.normalize('NFD'),
  text.toUpperCase(),
  text.toLowerCase(),
  text.normalize('NFD').replace(/\p{Mn}/gu, ''),
  text
    .toUpperCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, ''),
];

t.test('two hundred titles and artists are found however they are written, here and there', async (t) => {
  const { db } = await makeTestDatabase(t);
  const names = peoplesNames();
  for (const [n, { title, artist }] of names.entries()) {
    // Stored in turn as each of the ways in which it may be searched.
    const written = (text: string) => writtenOtherwise(text)[n % 6] ?? text;
    await upsertSong(
      db,
      songValues({ title: written(title), artist: written(artist), audioPath: `${n}.mp3` }),
    );
  }
  const lost: string[] = [];
  for (const [n, { title, artist }] of names.entries()) {
    for (const search of [...writtenOtherwise(title), ...writtenOtherwise(artist)]) {
      const { rows } = await listSongs(db, { limit: 10, offset: 0, search });
      if (rows.length !== 1 || rows[0]?.audioPath !== `${n}.mp3`) lost.push(search);
    }
  }
  t.same(lost, []);
  const { rows } = await listSongs(db, { limit: 200, offset: 0, search: 'senorita' });
  t.ok(rows.length > 10);
  t.ok(
    rows.every(({ title, artist }) => title === title.normalize('NFC') && artist === artist.normalize('NFC')),
  );
});

t.test('wildcards in what a person types stand for themselves', async (t) => {
  const { db } = await makeTestDatabase(t);
  await addCatalogue(db);
  t.same(await titles(db, { search: '%' }), ['amor_100%']);
  t.same(await titles(db, { search: '_' }), ['amor_100%']);
  t.same(await titles(db, { search: '\\' }), ['back\\slash']);
  t.same(await titles(db, { search: "'; drop table songs; --" }), []);
  t.equal((await listAllSongs(db, 'operator')).length, CATALOGUE.length);
});

t.test('every ordering sorts both ways, unknown tempo last, equal ones by id', async (t) => {
  const { db } = await makeTestDatabase(t);
  await addCatalogue(db);
  const byTitle = ['amor_100%', 'Babalu', 'back\\slash', 'Obsesión', 'Propuesta'];
  t.same(await titles(db, {}), byTitle, 'without regard to case');
  t.same(await titles(db, { ordering: '-title' }), byTitle.toReversed());
  t.same(await titles(db, { ordering: 'artist' }), [
    'Obsesión',
    'back\\slash',
    'Babalu',
    'Propuesta',
    'amor_100%',
  ]);
  t.same(await titles(db, { ordering: 'bpm' }), [
    'back\\slash',
    'Propuesta',
    'Babalu',
    'Obsesión',
    'amor_100%',
  ]);
  t.same(await titles(db, { ordering: '-bpm' }), [
    'Obsesión',
    'Babalu',
    'Propuesta',
    'back\\slash',
    'amor_100%',
  ]);
  t.same(
    await titles(db, { ordering: '-duration' }),
    CATALOGUE.toSorted((a, b) => b.durationSec - a.durationSec).map((song) => song.title),
  );
  t.same(
    await titles(db, { ordering: 'created_at' }),
    CATALOGUE.map((song) => song.title),
  );
  t.same(await titles(db, { ordering: '-created_at' }), CATALOGUE.map((song) => song.title).toReversed());
});

t.test('pages of equal songs neither repeat nor skip one, and count them all', async (t) => {
  const { db } = await makeTestDatabase(t);
  for (let number = 0; number < 7; number += 1) {
    await upsertSong(db, songValues({ title: 'Same', bpm: 120, audioPath: `songs/${number}.mp3` }));
  }
  const seen: number[] = [];
  for (let offset = 0; offset < 7; offset += 2) {
    const { rows, count } = await listSongs(db, { ordering: '-bpm', limit: 2, offset });
    t.equal(count, 7);
    seen.push(...rows.map((song) => song.id));
  }
  t.equal(new Set(seen).size, 7);
  t.same(await listSongs(db, { limit: 2, offset: 100 }), { rows: [], count: 7 });
});

t.test('an analysis comes back as it was stored, by hash and version', async (t) => {
  const { db } = await makeTestDatabase(t);
  const analysis = { tempoBpm: 0.1 + 0.2, beats: [1 / 3, 1e-7, 123456789.123456], sections: [], text: 'ñ' };
  t.equal(await findAnalysis(db, 'hash', 1), null);
  await saveAnalysis(db, 'hash', 1, analysis);
  t.same(await findAnalysis(db, 'hash', 1), analysis);
  t.equal(await findAnalysis(db, 'hash', 2), null);
  await saveAnalysis(db, 'hash', 1, { beats: [] });
  t.same(await findAnalysis(db, 'hash', 1), { beats: [] });
});

t.test('what was said of the counts stays with the file, and goes with it', async (t) => {
  const { db } = await makeTestDatabase(t);
  const values = songValues({ contentHash: 'a', tempoBpm: 64.2, bpm: 64 });
  const { row } = await upsertSong(db, values);
  t.equal(row.gridChange, null);
  const gridChange = { tempo: 'double', shiftCounts: -2 } as const;
  t.match(await setSongGrid(db, row.id, { gridChange, tempoBpm: 128.4 }), { gridChange, bpm: 128 });
  t.equal(await setSongGrid(db, row.id + 1, { gridChange, tempoBpm: 128.4 }), null);
  t.match(await upsertSong(db, { ...values, title: 'Another' }), { row: { gridChange } });
  t.match(await upsertSong(db, { ...values, contentHash: 'b' }), { row: { gridChange: null } });
  await setSongGrid(db, row.id, { gridChange, tempoBpm: 128.4 });
  t.match(await setSongGrid(db, row.id, { gridChange: null, tempoBpm: 64.2 }), { gridChange: null, bpm: 64 });
});
