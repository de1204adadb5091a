import { errorsTable, runCommand } from '@bachata-buddy/platform';
import { JOB_ERRORS } from './errors.ts';

/** Prints this app's part of docs/errors.md. */
async function main(): Promise<undefined> {
  process.stdout.write(`## The rendering job\n\n${errorsTable(JOB_ERRORS)}\n`);
}

await runCommand(main);
