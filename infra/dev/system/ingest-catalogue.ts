import { join } from 'node:path';
import { runToEnd, type StartProgram } from './programs.ts';
import { makeSmallLibrary } from './small-library.ts';

export interface IngestCatalogueOptions {
  readonly start: StartProgram;
  /** Gets `clips` and `songs`. */
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly songDurationSec: number;
}

/** A small library, brought in by the real program. */
export async function ingestCatalogue({
  start,
  directory,
  environment,
  songDurationSec,
}: IngestCatalogueOptions): Promise<void> {
  await makeSmallLibrary({ directory, songDurationSec });
  const args = [join(directory, 'clips'), '--songs', join(directory, 'songs')];
  const { exitCode } = await runToEnd(start('ingest', { args, environment }));
  if (exitCode !== 0) throw new Error(`ingest ended with exit code ${exitCode}`);
}
