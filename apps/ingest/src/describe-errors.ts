import { errorsTable, runCommand } from '@bachata-buddy/platform';
import { INGEST_ERRORS } from './errors.ts';

/** Prints this app's part of docs/errors.md. */
async function main(): Promise<undefined> {
  process.stdout.write(`## Ingesting\n\n${errorsTable(INGEST_ERRORS)}\n`);
}

await runCommand(main);
