import { appendFile, copyFile, mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listAllSongs, listPreparable, type Song } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { findMediaTools, runFfmpeg } from '@bachata-buddy/media';
import { makePulseSong } from '@bachata-buddy/media/testkit';
import { makeLocalStore } from '@bachata-buddy/storage';
import t, { type Test } from 'tap';
import { ingestClips } from '../src/clip-ingest.ts';
import type { IngestContext } from '../src/ingest-context.ts';
import { type IngestReport, makeIngestReport } from '../src/ingest-report.ts';
import { ingestSongs } from '../src/song-ingest.ts';

interface Scene {
  readonly directory: string;
  readonly context: IngestContext;
  /** Brings in a folder below `directory`. */
  readonly bring: (folder: string) => Promise<{ report: IngestReport; text: string; songs: Song[] }>;
}

async function makeScene(t: Test): Promise<Scene> {
  const directory = t.testdir({ store: {}, in: {} });
  const { db } = await makeTestDatabase(t);
  const store = makeLocalStore({ rootDirectory: join(directory, 'store') });
  const base = { db, store, tools: await findMediaTools(), size: { width: 64, height: 36 } };
  return {
    directory,
    context: { ...base, poseModelFolder: directory, report: makeIngestReport('Test', () => {}) },
    async bring(folder) {
      let text = '';
      const report = makeIngestReport('Test', (said) => {
        text += said;
      });
      await ingestSongs({ ...base, report }, join(directory, folder));
      report.end();
      return { report, text, songs: await listAllSongs(db, 'operator') };
    },
  };
}

async function ffmpeg(...args: string[]): Promise<void> {
  await runFfmpeg({ tools: await findMediaTools(), args });
}

const byTitle = (songs: readonly Song[], title: string) => songs.find((song) => song.title === title);

t.test(
  'names of all sorts go in, from folders inside as well; a link that leads nowhere is named',
  async (t) => {
    const { directory, bring, context } = await makeScene(t);
    const place = join(directory, 'in');
    const song = join(directory, 'song.mp3');
    await makePulseSong(song, { durationSec: 10, tempoBpm: 118 });
    const names = [
      'Dile que... vuelva.mp3',
      '-rf --no.mp3',
      'salto\nde línea.mp3',
      'barra\\inversa 100%.mp3',
      'Canción de año.mp3'.normalize('NFD'),
      '💃.MP3',
      `${'ñ'.repeat(125)}x.mp3`,
    ].map((name) => Buffer.from(name));
    names.push(Buffer.from('Obsesi\xf3n.mp3', 'latin1'));
    for (const name of names) await copyFile(song, Buffer.concat([Buffer.from(`${place}/`), name]));
    await mkdir(join(place, 'Romeo Santos/Formula 1'), { recursive: true });
    await copyFile(song, join(place, 'Romeo Santos/Formula 1/03 Promise.mp3'));
    await symlink('/nonexistent/x.mp3', join(place, 'b roto.mp3'));

    const { report, text, songs } = await bring('in');
    t.match(report.failures, [{ name: 'b roto.mp3', reason: /missing, or is a link/ }]);
    t.equal(report.counts.added, names.length + 1);
    t.equal(songs.length, names.length + 1, 'copies are songs of their own, and are told');
    t.match(text, /the same recording as /);
    for (const title of [
      'Dile que... vuelva',
      'Salto de línea',
      'Canción de año',
      'Obsesión',
      '03 Promise',
      '💃',
    ])
      t.ok(byTitle(songs, title), title);
    for (const { audioPath } of songs) t.ok(await context.store.stat(audioPath), audioPath);
    const again = await bring('in');
    t.match(again.report.counts, { unchanged: names.length + 1, added: 0, updated: 0 });
  },
);

t.test('a folder without songs says what was looked for', async (t) => {
  const { bring } = await makeScene(t);
  t.match((await bring('in')).text, /folder inside, has a name that ends in \.mp3, .*\nTest: nothing found/s);
});

t.test('tags of Ogg files are read', async (t) => {
  const { directory, bring } = await makeScene(t);
  const tags = { title: 'Propuesta', artist: 'Romeo', genre: 'Bachata' };
  await makePulseSong(join(directory, 'in/t.ogg'), { durationSec: 10, tempoBpm: 118, tags });
  await makePulseSong(join(directory, 'in/t.opus'), { durationSec: 10, tempoBpm: 118, tags });
  const { songs } = await bring('in');
  t.match(songs, [tags, tags]);
});

t.test(
  'two recordings of one name are two songs, and one under another name or tags stays the same',
  async (t) => {
    const { directory, bring, context } = await makeScene(t);
    await mkdir(join(directory, 'in/a'));
    await mkdir(join(directory, 'in/b'));
    const first = join(directory, 'in/a/01.mp3');
    await makePulseSong(first, { durationSec: 10, tempoBpm: 116, tags: { title: 'Primera' } });
    await makePulseSong(join(directory, 'in/b/01.mp3'), {
      durationSec: 10,
      tempoBpm: 130,
      tags: { title: 'Segunda' },
    });
    const planned = byTitle((await bring('in/a')).songs, 'Primera');
    const bytes = await readFile(first);
    const both = await bring('in/b');
    t.equal(both.report.counts.added, 1);
    t.same(
      both.songs.map(({ title, bpm }) => [title, bpm]),
      [
        ['Primera', 116],
        ['Segunda', 130],
      ],
    );
    const stored = await context.store.localPath(planned?.audioPath ?? '');
    t.same(await readFile(stored ?? ''), bytes, 'a dance that was planned with the first still finds it');

    await ffmpeg('-i', first, '-c', 'copy', '-metadata', 'title=Otra', join(directory, 'tagged.mp3'));
    await rename(join(directory, 'tagged.mp3'), first);
    const tagged = await bring('in/a');
    t.match(tagged.report.counts, { added: 0, updated: 1 });
    t.match(byTitle(tagged.songs, 'Otra'), { id: planned?.id, audioPath: planned?.audioPath });
    t.match(
      (await bring('in/a')).report.counts,
      { unchanged: 1, updated: 0 },
      'a second time nothing changes',
    );

    await rename(first, join(directory, 'in/a/nuevo.mp3'));
    const renamed = await bring('in/a');
    t.match(renamed.report.counts, { added: 0, updated: 1 });
    t.match(renamed.text, /nuevo\.mp3: the same recording as 01\.mp3/);
    t.match(byTitle(renamed.songs, 'Otra'), { id: planned?.id, audioPath: planned?.audioPath });
  },
);

t.test('songs of before keep their keys, and are known again after a change of tags', async (t) => {
  const { directory, bring, context } = await makeScene(t);
  const path = join(directory, 'in/vieja.mp3');
  await makePulseSong(path, { durationSec: 10, tempoBpm: 116, tags: { title: 'Vieja' } });
  const [{ id }] = (await bring('in')).songs as [Song];
  await context.store.putFile(path, 'songs/vieja.mp3', { contentType: 'audio/mpeg' });
  await context.db.pool.query(
    `update songs set audio_path = 'songs/vieja.mp3', recording_hash = null, file_name = null`,
  );
  await ffmpeg('-i', path, '-c', 'copy', '-metadata', 'title=Nueva', join(directory, 'tagged.mp3'));
  await rename(join(directory, 'tagged.mp3'), path);
  const { songs } = await bring('in');
  t.match(songs, [{ id, title: 'Nueva', audioPath: 'songs/vieja.mp3' }]);
  t.equal(songs.length, 1);
});

t.test(
  'only what is decoded counts against the length of a song, not what its header makes one guess',
  async (t) => {
    const { directory, bring } = await makeScene(t);
    const [quiet, beats] = [join(directory, 'quiet.mp3'), join(directory, 'beats.mp3')];
    const bare = ['-c:a', 'libmp3lame', '-ac', '2', '-write_xing', '0', '-id3v2_version', '0'];
    await ffmpeg('-f', 'lavfi', '-i', 'anullsrc=r=44100:cl=stereo', '-t', '1', ...bare, '-b:a', '32k', quiet);
    await makePulseSong(join(directory, 'beats.wav'), { durationSec: 195, tempoBpm: 118 });
    await ffmpeg('-i', join(directory, 'beats.wav'), ...bare, '-b:a', '320k', beats);
    const song = join(directory, 'in/vbr.mp3');
    await writeFile(song, Buffer.concat([await readFile(quiet), await readFile(beats)]));
    const { report, songs } = await bring('in');
    t.same(report.failures, []);
    t.ok(
      Math.abs((songs[0]?.durationSec ?? 0) - 196) < 0.5,
      `${songs[0]?.durationSec} s, guessed as 33 minutes`,
    );
  },
);

t.test('a file that changes while it is read is named, and the rest goes in', async (t) => {
  const { directory, context, bring } = await makeScene(t);
  await makePulseSong(join(directory, 'in/still.mp3'), { durationSec: 10, tempoBpm: 118 });
  const growing = join(directory, 'in/grows.mp3');
  await copyFile(join(directory, 'in/still.mp3'), growing);
  let isOver = false;
  const writer = (async () => {
    while (!isOver) await appendFile(growing, Buffer.alloc(4_096, 0x55));
  })();
  const { report } = await bring('in').finally(() => {
    isOver = true;
    return writer;
  });
  t.match(report.failures, [{ name: 'grows.mp3', reason: 'it changed while it was read' }]);
  t.equal(report.counts.added, 1);
  t.equal((await listAllSongs(context.db, 'operator')).length, 1);
});

t.test('clips of one name in two libraries each keep their own film', async (t) => {
  const { directory, context } = await makeScene(t);
  const library = async (name: string, source: string, clipId: string) => {
    const clips = join(directory, name);
    await mkdir(join(clips, 'basic'), { recursive: true });
    const picture = ['-f', 'lavfi', '-i', `${source}=s=64x36:r=30:d=5`, '-pix_fmt', 'yuv420p'];
    await ffmpeg(...picture, join(clips, 'basic/uno.mp4'));
    const kind = { move_label: 'basic', energy_level: 'low', difficulty: 'low', estimated_tempo: 129 };
    const entry = { clip_id: clipId, video_path: 'basic/uno.mp4', ...kind };
    const annotationsPath = join(clips, 'annotations.json');
    await writeFile(annotationsPath, `\ufeff${JSON.stringify({ clips: [entry] })}`);
    const report = makeIngestReport('Test', () => {});
    await ingestClips({ ...context, report }, { directory: clips, annotationsPath });
    return report;
  };
  t.equal((await library('a', 'testsrc2', 'a_uno')).counts.added, 1);
  const [first] = await listPreparable(context.db);
  const bytes = await readFile(join(directory, 'a/basic/uno.mp4'));
  t.equal((await library('b', 'smptebars', 'b_uno')).counts.added, 1);
  t.same(await readFile((await context.store.localPath(first?.videoPath ?? '')) ?? ''), bytes);
  t.not((await listPreparable(context.db))[1]?.videoPath, first?.videoPath);

  t.equal((await library('c', 'testsrc', 'a_uno')).counts.updated, 1, 'another film for the same move');
  const [other] = await listPreparable(context.db);
  t.not(other?.videoPath, first?.videoPath);
  t.same(
    await readFile((await context.store.localPath(first?.videoPath ?? '')) ?? ''),
    bytes,
    'older dances',
  );
});
