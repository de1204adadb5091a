import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listAllSongs, listMoves, listPreparable } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { findMediaTools } from '@bachata-buddy/media';
import { makePulseClip, makePulseSong, makeSilentSong } from '@bachata-buddy/media/testkit';
import { makeLocalStore } from '@bachata-buddy/storage';
import t, { type Test } from 'tap';
import { ingestClips } from '../src/clip-ingest.ts';
import type { IngestContext } from '../src/ingest-context.ts';
import { makeIngestReport } from '../src/ingest-report.ts';
import { ingestSongs } from '../src/song-ingest.ts';

async function makeContext(t: Test): Promise<{ context: () => IngestContext; directory: string }> {
  const directory = t.testdir({ store: {}, clips: { basic: {}, turn: {} }, songs: {} });
  const { db } = await makeTestDatabase(t);
  const store = makeLocalStore({ rootDirectory: join(directory, 'store') });
  const tools = await findMediaTools();
  const size = { width: 64, height: 36 };
  return {
    directory,
    context: () => ({
      db,
      store,
      tools,
      size,
      poseModelFolder: directory,
      report: makeIngestReport('Test', () => {}),
    }),
  };
}

t.test(
  'clips: the good go in, each bad one is reported by name, and a second run changes nothing',
  async (t) => {
    const { context, directory } = await makeContext(t);
    const clips = join(directory, 'clips');
    await makePulseClip(join(clips, 'basic/step.mp4'), { durationSec: 8.2, tempoBpm: 126 });
    await makePulseClip(join(clips, 'turn/silent.mp4'), { durationSec: 4.5, tempoBpm: null });
    await makePulseSong(join(clips, 'turn/sound-only.m4a'), { durationSec: 4, tempoBpm: 120 });
    await writeFile(join(clips, 'turn/empty.mp4'), '');
    await writeFile(join(clips, 'turn/text.mp4'), 'this is not a video\n'.repeat(50));
    await writeFile(join(clips, 'turn/list.mp4'), "ffconcat version 1.0\nfile '../basic/step.mp4'\n");
    const common = { move_label: 'turn', energy_level: 'high', difficulty: 'high' };
    const bad = ['sound-only.m4a', 'empty.mp4', 'text.mp4', 'list.mp4', 'missing.mp4'];
    const annotations = {
      clips: [
        { ...common, clip_id: 'step', video_path: 'basic/step.mp4', move_label: 'basic', difficulty: 'low' },
        { ...common, clip_id: 'silent', video_path: 'turn/silent.mp4', estimated_tempo: 120 },
        ...bad.map((name) => ({
          ...common,
          clip_id: name,
          video_path: `turn/${name}`,
          estimated_tempo: 120,
        })),
      ],
    };
    const annotationsPath = join(directory, 'annotations.json');
    await writeFile(annotationsPath, JSON.stringify(annotations));

    const first = context();
    await ingestClips(first, { directory: clips, annotationsPath });
    t.same(first.report.counts, { added: 2, updated: 0, unchanged: 0, failed: 5 });
    t.same(
      first.report.failures.map(({ name }) => name),
      bad.map((name) => `turn/${name}`),
    );
    const moves = await listMoves(first.db);
    const step = moves.find(({ moveId }) => moveId === 'step');
    t.match(step, {
      difficulty: 'beginner',
      energyLevel: 'high',
      videoPath: /^prepared\/clips\/[0-9a-f]{32}\.mp4$/,
      counts: 16,
    });
    t.ok(Math.abs((step?.tempoBpm ?? 0) - 126) < 1.5, `tempo measured from its sound: ${step?.tempoBpm}`);
    const [source] = await listPreparable(first.db).then((all) =>
      all.filter(({ moveId }) => moveId === 'step'),
    );
    t.match(source?.videoPath, /^Bachata_steps\/basic\/step-[0-9a-f]{8}\.mp4$/);
    t.ok(await first.store.stat(source?.videoPath ?? ''), 'the clip is in storage');
    t.match(
      moves.find(({ moveId }) => moveId === 'silent'),
      { tempoBpm: 120, firstDownbeatSec: 0, counts: 8 },
      'without sound the annotation gives the tempo',
    );

    const second = context();
    await ingestClips(second, { directory: clips, annotationsPath });
    t.same(second.report.counts, { added: 0, updated: 0, unchanged: 2, failed: 5 });

    const said = annotations.clips.map((clip) =>
      clip.clip_id === 'silent' ? { ...clip, first_downbeat_sec: 0.5 } : clip,
    );
    await writeFile(annotationsPath, JSON.stringify({ clips: said }));
    const counted = context();
    await ingestClips(counted, { directory: clips, annotationsPath });
    t.same(counted.report.counts, { added: 0, updated: 1, unchanged: 1, failed: 5 });
    t.match(
      (await listMoves(counted.db)).find(({ moveId }) => moveId === 'silent'),
      { firstDownbeatSec: 0.5, counts: 8 },
      'a clip of which something else is said is measured anew',
    );

    await rm(join(clips, 'basic/step.mp4'));
    const third = context();
    await ingestClips(third, { directory: clips, annotationsPath });
    t.same(
      (await listMoves(third.db)).map(({ moveId }) => moveId),
      ['silent'],
      'a clip that vanished is offered no more',
    );
  },
);

t.test("a silent clip's tempo is what its annotation says last; a catalogue from before stays", async (t) => {
  const { context, directory } = await makeContext(t);
  const clips = join(directory, 'clips');
  await makePulseClip(join(clips, 'silent.mp4'), { durationSec: 4.5, tempoBpm: null });
  const annotationsPath = join(directory, 'annotations.json');
  const clip = { clip_id: 'silent', video_path: 'silent.mp4', move_label: 'turn' };
  const ingestAt = async (tempoBpm: number) => {
    const levels = { energy_level: 'high', difficulty: 'high' };
    const stated = { ...clip, ...levels, estimated_tempo: tempoBpm };
    await writeFile(annotationsPath, JSON.stringify({ clips: [stated] }));
    const { db, report, ...rest } = context();
    await ingestClips({ db, report, ...rest }, { directory: clips, annotationsPath });
    const { added, updated, unchanged } = report.counts;
    return {
      outcome: [added, updated, unchanged],
      tempos: (await listMoves(db)).map((move) => move.tempoBpm),
    };
  };
  t.same(await ingestAt(129), { outcome: [1, 0, 0], tempos: [129] });
  t.same(await ingestAt(120), { outcome: [0, 1, 0], tempos: [120] }, 'corrected');
  t.same(await ingestAt(120), { outcome: [0, 0, 1], tempos: [120] });
  // As a clip was noted when the tempo was not among what is said of it.
  await context().db.pool.query(
    `update move_embeddings set content_hash = replace(content_hash, 'tempo 120:', '')`,
  );
  t.same(await ingestAt(120), { outcome: [0, 0, 1], tempos: [120] }, 'from before, and nothing else is said');
  t.same(await ingestAt(110), { outcome: [0, 1, 0], tempos: [110] }, 'from before, and corrected');
});

t.test('songs: tags are read, tempo and duration measured, and the unusable reported by name', async (t) => {
  const { context, directory } = await makeContext(t);
  const songs = join(directory, 'songs');
  const tags = { title: 'Amor Ñandú', artist: 'Los Pulsos', genre: 'Modern Bachata', TBPM: '200' };
  await makePulseSong(join(songs, 'a.mp3'), { durationSec: 20, tempoBpm: 128, tags });
  await makePulseSong(join(songs, 'sin_nombre-dos.m4a'), { durationSec: 12, tempoBpm: 116 });
  await makeSilentSong(join(songs, 'silent.mp3'), 5);
  await writeFile(join(songs, 'text.mp3'), 'la la la\n'.repeat(100));
  await writeFile(join(songs, 'empty.wav'), '');
  await writeFile(join(songs, 'cover.jpg'), 'not a song, not looked at');
  await mkdir(join(songs, 'folder.mp3'));
  await symlink('/nonexistent/x.mp3', join(songs, 'b roto.mp3'));
  await mkdir(join(songs, 'circle'));
  await symlink('..', join(songs, 'circle/again'));

  const first = context();
  await ingestSongs(first, songs);
  t.same(
    first.report.failures.map(({ name }) => name),
    ['b roto.mp3', 'empty.wav', 'silent.mp3', 'text.mp3'],
  );
  const rows = await listAllSongs(first.db, 'operator');
  const tagged = rows.find(({ audioPath }) => /^songs\/a-[0-9a-f]{8}\.mp3$/.test(audioPath));
  t.match(tagged, { title: 'Amor Ñandú', artist: 'Los Pulsos', genre: 'Modern Bachata' });
  t.ok(Math.abs((tagged?.durationSec ?? 0) - 20) < 0.1, `duration ${tagged?.durationSec}`);
  t.ok(Math.abs((tagged?.bpm ?? 0) - 128) <= 1, `tempo ${tagged?.bpm}`);
  t.match(
    rows.find(({ audioPath }) => audioPath.startsWith('songs/sin-nombre-dos-')),
    { title: 'Sin nombre dos', artist: 'Unknown artist', genre: null },
  );

  const second = context();
  await ingestSongs(second, songs);
  t.match(second.report.counts, { added: 0, updated: 0, unchanged: 2, failed: 4 });
});

t.test('a folder that is not there is one clear error', async (t) => {
  const { context } = await makeContext(t);
  await t.rejects(ingestSongs(context(), '/nonexistent'), { code: 'USAGE', message: /not a folder/ });
});
