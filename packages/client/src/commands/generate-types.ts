import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseCommandLine, platformError, runCommand } from '@bachata-buddy/platform';
import openapiTypescript, { astToString } from 'openapi-typescript';

const HELP = `
Usage: node infra/build/run-program.mjs packages/client/src/commands/generate-types.ts [--check]

Writes packages/client/src/generated/api.ts, the types of the HTTP API, from docs/openapi.json.

  --check   write nothing; exit 1 where the file is not what would be written
`;

const DOCUMENT = new URL('../../../../docs/openapi.json', import.meta.url);
const FILE = fileURLToPath(new URL('../generated/api.ts', import.meta.url));
const HEADING = `/* Generated from docs/openapi.json by packages/client/src/commands/generate-types.ts. Not for editing. */\n\n`;

async function main(): Promise<number> {
  const { values } = parseCommandLine({
    help: HELP,
    args: process.argv.slice(2),
    options: { check: { type: 'boolean', default: false } },
  });
  const text = await generateTypes();
  if (!values.check) {
    await writeFile(FILE, text);
    return 0;
  }
  if ((await readFile(FILE, 'utf8').catch(() => '')) === text) return 0;
  throw platformError(
    'DOCUMENT_STALE',
    'packages/client/src/generated/api.ts is stale. Write it: see --help.',
  );
}

/** A field with a default need not be sent, so a default does not make it a required one. */
async function generateTypes(): Promise<string> {
  const document = JSON.parse(await readFile(DOCUMENT, 'utf8'));
  const types = await openapiTypescript(document, { defaultNonNullable: false, alphabetize: false });
  return `${HEADING}${astToString(types)}`;
}

await runCommand(main);
