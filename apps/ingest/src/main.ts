import { join, resolve } from 'node:path';
import { connectDatabase, type Database, migrateDatabase } from '@bachata-buddy/database';
import { startEmbeddedPostgres } from '@bachata-buddy/database/embedded';
import { findMediaTools, parseRenderSize } from '@bachata-buddy/media';
import { parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { openObjectStore } from '@bachata-buddy/storage';
import { ingestClips } from './clip-ingest.ts';
import { type IngestConfig, loadIngestConfig } from './config.ts';
import type { IngestContext } from './ingest-context.ts';
import { makeIngestReport } from './ingest-report.ts';
import { prepareCatalogue } from './prepare-catalogue.ts';
import { ingestSongs } from './song-ingest.ts';

const HELP = `
Usage: pnpm ingest FOLDER [--annotations FILE]    dance clips
       pnpm ingest --songs FOLDER                 songs
       pnpm ingest --demo [--first N]             the generated demo library
       pnpm ingest --prepare                      what the catalogue has, for videos

Brings clips and songs into the catalogue: probes and measures each file, prepares it, stores it, writes its row. A file
that is broken or missing is reported by name and the rest goes in. Run again, it changes nothing.

  FOLDER               clips, as FOLDER/<label>/<file>.mp4, of any name
  --annotations FILE   what the clips show (default FOLDER/annotations.json)
  --songs FOLDER       mp3, m4a, aac, wav, flac, ogg or opus files of any name, also in folders inside; title, artist and
                       genre from their tags. A file that was renamed or tagged anew stays the same song; a second file
                       of one recording is told
  --demo               songs and dancers made on this machine, on first use
  --first N            with --demo: only what the first N of the demo's choreographies show (1 or 2)
  --prepare            clips of the catalogue that are not in the house format, or with other counts, or in another
                       size, and songs without a soundtrack, from the store; what is ready stays, and a run that was
                       ended is continued

Environment: DATABASE_URL (default: the embedded server in .data), STORAGE (local or
gcs), LOCAL_STORAGE_PATH (default .data/media), GCS_BUCKET_NAME; RENDER_SIZE (default 1280x720), of prepared clips;
CLOUD_RUN_TASK_INDEX and CLOUD_RUN_TASK_COUNT, with --prepare: which share is this one's.
Exit code: 0; 3 where a file could not be used.
`;

const EXIT_WITH_FAILURES = 3;
/** The embedded server and the demo library as it was made. */
const DATA_DIRECTORY = '.data';

async function main(): Promise<number> {
  const { values, positionals } = parseCommandLine({
    help: HELP,
    options: {
      annotations: { type: 'string' },
      songs: { type: 'string' },
      demo: { type: 'boolean' },
      first: { type: 'string' },
      prepare: { type: 'boolean' },
    },
    maxPositionals: 1,
    args: process.argv.slice(2),
  });
  const [clipDirectory] = positionals;
  if ((clipDirectory ?? values.songs ?? values.demo ?? values.prepare) === undefined) {
    throw usageError('Name one folder of clips, or --songs FOLDER, or --demo, or --prepare. See --help.');
  }
  if (values.annotations !== undefined && clipDirectory === undefined) {
    throw usageError('--annotations goes with a folder of clips. See --help.');
  }
  // Loaded on demand: who brings in clips of their own needs no canvas.
  const demo = values.demo ? await import('./demo-ingest.ts') : null;
  if (values.first !== undefined && demo === null) throw usageError('--first goes with --demo. See --help.');
  const wishCount = demo?.parseWishCount(values.first);
  const config = loadIngestConfig();
  return withDatabase(config, async (db) => {
    const size = parseRenderSize(config.RENDER_SIZE);
    let failures = 0;
    const ingest = async (title: string, work: (context: IngestContext) => Promise<void>): Promise<void> => {
      const report = makeIngestReport(title);
      const store = await openObjectStore(config);
      await work({ db, store, tools: await findMediaTools(), size, report });
      report.end();
      failures += report.counts.failed;
    };
    if (demo !== null) {
      const title = wishCount === undefined ? 'Demo library' : `For video ${wishCount}`;
      await ingest(title, (context) => demo.ingestDemo(context, join(DATA_DIRECTORY, 'demo'), { wishCount }));
    }
    if (values.songs !== undefined)
      await ingest('Songs', (context) => ingestSongs(context, values.songs ?? ''));
    if (clipDirectory !== undefined) {
      const annotationsPath = values.annotations ?? join(clipDirectory, 'annotations.json');
      await ingest('Clips', (context) => ingestClips(context, { directory: clipDirectory, annotationsPath }));
    }
    if (values.prepare) {
      const shard = { index: config.CLOUD_RUN_TASK_INDEX, count: config.CLOUD_RUN_TASK_COUNT };
      await ingest('Preparation', (context) => prepareCatalogue(context, shard));
    }
    return failures === 0 ? 0 : EXIT_WITH_FAILURES;
  });
}

async function withDatabase(config: IngestConfig, work: (db: Database) => Promise<number>): Promise<number> {
  const embedded =
    config.DATABASE_URL === undefined
      ? await startEmbeddedPostgres({ directory: resolve(DATA_DIRECTORY) })
      : null;
  try {
    const url = config.DATABASE_URL ?? embedded?.url ?? '';
    await migrateDatabase(url);
    const db = connectDatabase({ url });
    return await work(db).finally(() => db.close());
  } finally {
    await embedded?.stop();
  }
}

await runCommand(main);
