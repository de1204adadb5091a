import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findWaveform, listMoves, listPreparable, upsertMove, upsertSong } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import {
  companionKeys,
  findMediaTools,
  mezzanineTrack,
  preparedSongKey,
  readMovie,
  songSampleKey,
} from '@bachata-buddy/media';
import { makePulseClip, makePulseSong } from '@bachata-buddy/media/testkit';
import { PEAKS_PER_SEC, WAVEFORM_VERSION } from '@bachata-buddy/music';
import { makeLocalStore } from '@bachata-buddy/storage';
import t, { type Test } from 'tap';
import { ingestClips } from '../src/clip-ingest.ts';
import type { IngestContext } from '../src/ingest-context.ts';
import { type IngestReport, makeIngestReport } from '../src/ingest-report.ts';
import { prepareCatalogue } from '../src/prepare-catalogue.ts';

const SIZE = { width: 64, height: 36 };

async function makeContext(t: Test): Promise<{ context: () => IngestContext; directory: string }> {
  const directory = t.testdir({ store: {}, clips: {} });
  const { db } = await makeTestDatabase(t);
  const store = makeLocalStore({ rootDirectory: join(directory, 'store') });
  const tools = await findMediaTools();
  const context = () => ({
    ...{ db, store, tools, size: SIZE, poseModelFolder: directory },
    report: makeIngestReport('Test', () => {}),
  });
  return { context, directory };
}

/** Silent clips of these tempos; returns where they are annotated. */
async function annotate(directory: string, tempos: Readonly<Record<string, number>>): Promise<string> {
  const clips = Object.entries(tempos).map(([name, tempo]) => ({
    clip_id: name,
    video_path: `${name}.mp4`,
    move_label: 'basic',
    estimated_tempo: tempo,
    energy_level: 'low',
    difficulty: 'low',
  }));
  const annotationsPath = join(directory, 'annotations.json');
  await writeFile(annotationsPath, JSON.stringify({ clips }));
  return annotationsPath;
}

async function keyframesOf({ store }: IngestContext, key: string): Promise<number[]> {
  const track = mezzanineTrack(await readMovie((await store.localPath(key))!), SIZE);
  return [...track!.samples.isSync].flatMap((isSync, frame) => (isSync === 1 ? [frame] : []));
}

/** The pictures of a clip of 4.5 s at 30 a second nearest to counts from its start on. */
function countFrames(tempoBpm: number): number[] {
  const frames = Array.from({ length: 20 }, (_, count) => Math.round((30 * count * 60) / tempoBpm));
  return frames.filter((frame) => frame < 135);
}

t.test(
  'a clip is prepared on its counts, once; other counts are another object, and the old one stays',
  async (t) => {
    const { context, directory } = await makeContext(t);
    const clips = join(directory, 'clips');
    await makePulseClip(join(clips, 'silent.mp4'), { durationSec: 4.5, tempoBpm: null });
    const whole = await readFile(join(clips, 'silent.mp4'));
    await writeFile(join(clips, 'half.mp4'), whole.subarray(0, whole.length / 2));
    const annotationsPath = await annotate(directory, { silent: 120, half: 120 });

    const first = context();
    await ingestClips(first, { directory: clips, annotationsPath });
    t.match(first.report.failures, [{ name: 'half.mp4' }], 'what is cut off is refused by name');
    const [move] = await listMoves(first.db);
    t.same(await keyframesOf(first, move!.videoPath), countFrames(120));
    const { poster, sheet } = companionKeys(move!.videoPath);
    t.ok(
      (await first.store.stat(poster)) && (await first.store.stat(sheet)),
      'poster and sheet are beside it',
    );
    t.match(
      await listPreparable(first.db),
      [{ videoPath: /^Bachata_steps\/basic\/silent-[0-9a-f]{8}\.mp4$/ }],
      'the source is kept',
    );

    const before = await first.store.stat(move!.videoPath);
    const second = context();
    await ingestClips(second, { directory: clips, annotationsPath });
    t.equal(second.report.counts.unchanged, 1);
    t.same(await second.store.stat(move!.videoPath), before, 'nothing is made again');

    const renamed = await annotate(directory, { again: 132 });
    const third = context();
    await ingestClips(third, { directory: clips, annotationsPath: renamed });
    t.match(third.report.failures, [{ name: 'again.mp4', reason: /missing/ }]);
    await writeFile(join(clips, 'again.mp4'), whole);
    const fourth = context();
    await ingestClips(fourth, { directory: clips, annotationsPath: renamed });
    const again = (await listMoves(fourth.db)).find(({ moveId }) => moveId === 'again');
    t.not(again?.videoPath, move!.videoPath, 'the same bytes, another grid');
    t.same(await keyframesOf(fourth, again!.videoPath), countFrames(132));
    t.same(await fourth.store.stat(move!.videoPath), before, 'older blueprints find theirs');
  },
);

t.test('a catalogue is prepared in shares, each clip once, by as many runs as it takes', async (t) => {
  const { context, directory } = await makeContext(t);
  const { db, store } = context();
  const clips = join(directory, 'clips');
  await mkdir(clips, { recursive: true });
  await makePulseClip(join(clips, 'a.mp4'), { durationSec: 4.5, tempoBpm: null });
  const embedding = { pose: [0], audio: [0], text: [0] };
  const kind = { difficulty: 'beginner', energyLevel: 'low', style: 'romantic' } as const;
  const facts = {
    durationSec: 4.5,
    tempoBpm: 120,
    counts: 8,
    beats: [],
    contentHash: null,
    source: 'folder',
  };
  const moveIds = ['uno', 'dos', 'tres', 'cuatro', 'gone'];
  for (const [index, moveId] of moveIds.entries()) {
    const videoPath = `old/${moveId}.mp4`;
    const names = { moveId, name: moveId, label: 'basic', videoPath };
    await upsertMove(db, { ...names, ...kind, ...facts, firstDownbeatSec: index / 10, embedding });
    if (moveId !== 'gone') await store.putFile(join(clips, 'a.mp4'), videoPath, { contentType: 'video/mp4' });
  }
  await makePulseSong(join(clips, 'song.m4a'), { durationSec: 3, tempoBpm: 120 });
  await store.putFile(join(clips, 'song.m4a'), 'songs/song.m4a', { contentType: 'audio/mp4' });
  const song = {
    title: 'Song',
    artist: 'Band',
    durationSec: 3,
    audioPath: 'songs/song.m4a',
    source: 'folder',
  };
  await upsertSong(db, song);
  const reports: IngestReport[] = [];
  for (const index of [0, 1, 2]) {
    const share = context();
    await prepareCatalogue(share, { index, count: 3 });
    reports.push(share.report);
  }
  const sum = (outcome: 'updated' | 'failed') =>
    reports.reduce((all, { counts }) => all + counts[outcome], 0);
  t.same([sum('updated'), sum('failed')], [5, 1], 'every clip and song in one share');
  const contentHash = createHash('sha256')
    .update(await readFile(join(clips, 'song.m4a')))
    .digest('hex');
  const sound = preparedSongKey({ contentHash, bitsPerSecond: 128_000, isNormalised: true });
  t.ok(await store.stat(sound), 'the song as a blueprint without wishes asks for it');
  t.ok(await store.stat(songSampleKey(contentHash)), 'and what it is listened to by');
  const peakCount = (await findWaveform(db, contentHash, WAVEFORM_VERSION))?.length ?? 0;
  t.ok(peakCount >= 3 * PEAKS_PER_SEC && peakCount <= 3.1 * PEAKS_PER_SEC, `${peakCount} peaks`);
  t.ok(reports.filter(({ counts }) => counts.updated > 0).length > 1, 'not all in one');
  t.match(
    reports.flatMap(({ failures }) => failures),
    [{ name: 'old/gone.mp4', reason: 'it is not in storage' }],
  );
  const prepared = (await listPreparable(db)).filter(({ preparedPath }) => preparedPath !== null);
  t.equal(new Set(prepared.map(({ preparedPath }) => preparedPath)).size, 4, 'each has its own grid');

  const again = context();
  await prepareCatalogue(again, { index: 0, count: 1 });
  t.match(again.report.counts, { updated: 0, unchanged: 5, failed: 1 });

  const [ready] = prepared;
  await upsertMove(db, {
    ...{
      moveId: 'drawn',
      name: 'drawn',
      label: 'basic',
      videoPath: ready!.preparedPath!,
      ...kind,
      ...facts,
      embedding,
    },
    firstDownbeatSec: ready!.firstDownbeatSec,
  });
  await prepareCatalogue(context(), { index: 0, count: 1 });
  const drawn = (await listPreparable(db)).find(({ moveId }) => moveId === 'drawn');
  t.equal(drawn?.preparedPath, drawn?.videoPath, 'what is in the format already is taken as it is');
});
