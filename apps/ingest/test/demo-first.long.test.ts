import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buildMoveLibrary,
  type ChoreographyPlan,
  deriveSeed,
  planChoreography,
} from '@bachata-buddy/choreography';
import { findSongByAudioPath, listMoves } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { DEMO_WISHES, describeDemoLibrary } from '@bachata-buddy/demo';
import { companionKeys, findMediaTools, mezzanineTrack, readMovie } from '@bachata-buddy/media';
import { makeLocalStore } from '@bachata-buddy/storage';
import t from 'tap';
import { ingestDemo } from '../src/demo-ingest.ts';
import { analyseSongFile, type IngestContext } from '../src/ingest-context.ts';
import { makeIngestReport } from '../src/ingest-report.ts';

const SIZE = { width: 1280, height: 720 };

t.test(
  'a first choreography finds its moves drawn, and no others; brought in again, nothing changes',
  async (t) => {
    const directory = t.testdir({ store: {}, demo: {} });
    const { db } = await makeTestDatabase(t);
    const store = makeLocalStore({ rootDirectory: join(directory, 'store') });
    const tools = await findMediaTools();
    const bring = async () => {
      const report = makeIngestReport('Test', () => {});
      const context: IngestContext = { db, store, tools, size: SIZE, report };
      await ingestDemo(context, join(directory, 'demo'), { wishCount: 1 });
      return report.counts;
    };
    const first = await bring();
    const moves = await listMoves(db);
    t.equal(first.added, moves.length + 1, 'the moves and a song');
    t.ok(moves.length < describeDemoLibrary().moves.length / 2, `${moves.length} moves are drawn`);

    const [{ songId, kind, ...wish }] = DEMO_WISHES;
    const song = await findSongByAudioPath(db, `songs/${songId}.m4a`);
    const songPath = join(directory, 'demo', song!.audioPath);
    const request = { ...wish, specialRequirements: [] };
    const plan: ChoreographyPlan = await planChoreography({
      analysis: await analyseSongFile({ db, tools }, songPath, song!.contentHash!),
      library: await buildMoveLibrary(moves),
      request: { ...request, seed: deriveSeed(request, song!.id) },
    });
    t.same(
      new Set(plan.moves.map(({ moveId }) => moveId)),
      new Set(moves.map(({ moveId }) => moveId)),
      'over what is drawn the API plans what was drawn for it',
    );
    const drawn = await readdir(join(directory, 'demo', 'Bachata_steps'), { recursive: true });
    const inVain = drawn.filter((path) => path.endsWith('.mp4')).length - moves.length;
    t.ok(inVain <= 2, `${inVain} were drawn for what the song was thought to be`);
    for (const { videoPath } of plan.moves) {
      const movie = await readMovie((await store.localPath(videoPath)) as string);
      t.not(mezzanineTrack(movie, SIZE), null, `${videoPath} is ready to be copied`);
      t.match(videoPath, /^prepared\/clips\/[0-9a-f]{32}\.mp4$/, 'a name that cannot be guessed');
      const { poster, sheet } = companionKeys(videoPath);
      for (const key of [poster, sheet]) t.ok((await store.stat(key))?.sizeBytes, `${key} is beside it`);
    }
    t.same(await bring(), { added: 0, updated: 0, unchanged: moves.length + 1, failed: 0 });
  },
);
