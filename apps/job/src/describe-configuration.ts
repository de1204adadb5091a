import { configurationTable, runCommand } from '@bachata-buddy/platform';
import { JobVariables, KEPT_DIRECTORY, RENDER_VARIABLE_NAMES } from './config.ts';

/** Prints this app's part of docs/configuration.md. */
async function main(): Promise<undefined> {
  const names = RENDER_VARIABLE_NAMES.map((name) => `\`${name}\``).join(', ');
  const sections = [
    '## The rendering job',
    'A program for one task: `apps/job/src/main.ts`, built `job/main.js`. The API tells each run `TASK_ID`, and ' +
      '`TRACEPARENT` where it traces; all else is configured once. It needs `TASK_ID` and a database, or `BLUEPRINT_JSON`.',
    configurationTable(JobVariables),
    `\`pnpm render\`, which renders a document without a database, reads of these: ${names}. ` +
      `Its \`RENDER_CACHE_DIR\` is \`${KEPT_DIRECTORY}\` unless told.`,
  ];
  process.stdout.write(`${sections.join('\n\n')}\n`);
}

await runCommand(main);
