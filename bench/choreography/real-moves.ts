import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Move } from '@bachata-buddy/choreography';
import { connectDatabase, listMoves, migrateDatabase } from '@bachata-buddy/database';
import { startEmbeddedPostgres } from '@bachata-buddy/database/embedded';
import { isPoseModelThere } from '@bachata-buddy/pose';
import { infraError } from '../../infra/errors.ts';
import { POSE_MODEL_DIRECTORY, ROOT_DIRECTORY } from '../../infra/paths.ts';

const CLIPS = join(ROOT_DIRECTORY, '../shared/data/clips');
/** The catalogue and the clips as they are prepared stay here for the next run. */
const KEPT_DIRECTORY = join(ROOT_DIRECTORY, '.data/bench/choreography');
const INGEST = ['infra/build/run-program.mjs', 'apps/ingest/src/main.ts', CLIPS];

/** Real clips with their poses, as ingest brings them into a catalogue; or why there are none. */
export async function realMoves(): Promise<readonly Move[] | string> {
  if (!existsSync(join(CLIPS, 'annotations.json'))) return 'there are no real clips on this machine';
  if (!isPoseModelThere(POSE_MODEL_DIRECTORY)) return 'the pose model is not installed (pnpm pose:add)';
  const server = await startEmbeddedPostgres({ directory: KEPT_DIRECTORY });
  try {
    await migrateDatabase(server.url);
    await ingest(server.url);
    const database = connectDatabase({ url: server.url });
    return await listMoves(database).finally(() => database.close());
  } finally {
    await server.stop();
  }
}

async function ingest(databaseUrl: string): Promise<void> {
  const storage = { STORAGE: 'local', LOCAL_STORAGE_PATH: join(KEPT_DIRECTORY, 'media') };
  const child = spawn(process.execPath, INGEST, {
    cwd: ROOT_DIRECTORY,
    env: { ...process.env, ...storage, DATABASE_URL: databaseUrl },
    // The figures alone go to standard output.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0)
    throw infraError('BENCH_FAILED', 'The real clips could not be brought into a catalogue.');
}
