import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listMoves } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { findMediaTools } from '@bachata-buddy/media';
import { hostileFiles, watchChildren } from '@bachata-buddy/media/testkit';
import { makeLocalStore } from '@bachata-buddy/storage';
import t from 'tap';
import { ingestClips } from '../src/clip-ingest.ts';
import { makeIngestReport } from '../src/ingest-report.ts';
import { ingestSongs } from '../src/song-ingest.ts';

const MOST_RESIDENT_BYTES = 300 * 1024 ** 2;

t.test('hostile clips and songs are reported by name, and no program takes much', async (t) => {
  const directory = t.testdir({ store: {}, clips: {}, songs: {}, made: {} });
  const [clips, songs] = [join(directory, 'clips'), join(directory, 'songs')];
  const files = Object.values(await hostileFiles(join(directory, 'made'), 'http://127.0.0.1:9/film.mp4'));
  for (const [index, content] of files.entries()) {
    await writeFile(join(clips, `${index}.mp4`), content);
    await writeFile(join(songs, `${index}.mp3`), content);
  }
  const annotations = files.map((_content, index) => ({
    clip_id: `clip-${index}`,
    video_path: `${index}.mp4`,
    move_label: 'turn',
    energy_level: 'high',
    difficulty: 'high',
    estimated_tempo: 120,
  }));
  const annotationsPath = join(directory, 'annotations.json');
  await writeFile(annotationsPath, JSON.stringify({ clips: annotations }));
  const { db } = await makeTestDatabase(t);
  const context = (name: string) => ({
    db,
    store: makeLocalStore({ rootDirectory: join(directory, 'store') }),
    tools,
    size: { width: 64, height: 36 },
    poseModelFolder: directory,
    report: makeIngestReport(name, () => {}),
  });
  const tools = await findMediaTools();
  const watch = watchChildren();
  const [ofClips, ofSongs] = [context('Clips'), context('Songs')];
  await ingestClips(ofClips, { directory: clips, annotationsPath });
  await ingestSongs(ofSongs, songs);
  const most = watch.end();
  t.ok(most < MOST_RESIDENT_BYTES, `at most ${Math.round(most / 1024 ** 2)} MB`);
  t.equal(ofClips.report.counts.failed, files.length);
  t.equal(ofSongs.report.counts.failed, files.length);
  t.strictSame(await listMoves(db), []);
});
