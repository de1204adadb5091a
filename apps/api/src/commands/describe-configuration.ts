import { configurationTable, runCommand } from '@bachata-buddy/platform';
import { CommandConfigSchema, ConfigSchema } from '../config.ts';

/** Prints this app's part of docs/configuration.md. */
async function main(): Promise<undefined> {
  const sections = [
    '## The API',
    'The service: `apps/api/src/server.ts`, built `api/server.js`. `.env.example` has all of these to fill in.',
    configurationTable(ConfigSchema),
    '## Commands beside the API',
    '`pnpm plan`, `pnpm parse-query`, `pnpm admin`, `pnpm songs`, `pnpm moves`, `pnpm library` and `pnpm tasks`, of which ' +
      'each reads what it needs.',
    configurationTable(CommandConfigSchema),
  ];
  process.stdout.write(`${sections.join('\n\n')}\n`);
}

await runCommand(main);
