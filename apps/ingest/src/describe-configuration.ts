import { configurationTable, runCommand } from '@bachata-buddy/platform';
import { IngestVariables } from './config.ts';

/** Prints this app's part of docs/configuration.md. */
async function main(): Promise<undefined> {
  const sections = [
    '## Ingesting',
    '`pnpm ingest` and `pnpm analyse`: `apps/ingest/src/main.ts`, built `ingest/main.js`.',
    configurationTable(IngestVariables),
  ];
  process.stdout.write(`${sections.join('\n\n')}\n`);
}

await runCommand(main);
