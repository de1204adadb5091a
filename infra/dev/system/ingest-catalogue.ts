import { join } from 'node:path';
import { runToEnd, type StartProgram } from './programs.ts';
import { makeSmallLibrary } from './small-library.ts';

export interface IngestCatalogueOptions {
  readonly start: StartProgram;
  /** Gets `clips` and `songs`. */
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  /** `demo`: what the first choreography of the demo shows. Default `small`. */
  readonly catalogue?: 'small' | 'demo';
  /** Of the small library. Default 20. */
  readonly songDurationSec?: number;
  /** Of the small library: whether each clip is a film of its own. Default: one for all. */
  readonly areFilmsOwn?: boolean;
}

/** A library, brought in by the real program. */
export async function ingestCatalogue({
  start,
  directory,
  environment,
  catalogue = 'small',
  songDurationSec = 20,
  areFilmsOwn = false,
}: IngestCatalogueOptions): Promise<void> {
  if (catalogue === 'small') await makeSmallLibrary({ directory, songDurationSec, areFilmsOwn });
  const args =
    catalogue === 'small'
      ? [join(directory, 'clips'), '--songs', join(directory, 'songs')]
      : ['--demo', '--first', '1'];
  const { exitCode } = await runToEnd(start('ingest', { args, environment }));
  if (exitCode !== 0) throw new Error(`ingest ended with exit code ${exitCode}`);
}
