import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { makeLogger, parseCommandLine, platformError, runCommand } from '@bachata-buddy/platform';
import { readConfig } from '../config.ts';
import { makeService } from '../service.ts';

const HELP = `
Usage: node infra/build/run-program.mjs apps/api/src/commands/generate-openapi.ts [--check]

Writes docs/openapi.json, the document of the HTTP API, from the routes' own schemas.

  --check   write nothing; exit 1 where the file is not what would be written
`;

const FILE = fileURLToPath(new URL('../../../../docs/openapi.json', import.meta.url));

async function main(): Promise<number> {
  const { values } = parseCommandLine({
    help: HELP,
    args: process.argv.slice(2),
    options: { check: { type: 'boolean', default: false } },
  });
  const text = `${JSON.stringify(await describeApi(), null, 2)}\n`;
  if (!values.check) {
    await writeFile(FILE, text);
    return 0;
  }
  if ((await readFile(FILE, 'utf8').catch(() => '')) === text) return 0;
  throw platformError('DOCUMENT_STALE', 'docs/openapi.json is stale. Write it: see --help.');
}

/**
 * Of the service as it is configured by default. It never listens; what it does in the background finds no
 * database at this address, and the document needs none.
 */
async function describeApi(): Promise<object> {
  const config = readConfig({
    DATABASE_URL: 'postgres://127.0.0.1:1/none',
    JWT_SECRET: randomBytes(32).toString('hex'),
  });
  const { server, close } = await makeService(config, makeLogger({ name: 'openapi', level: 'fatal' }));
  try {
    await server.ready();
    return server.swagger();
  } finally {
    await close();
  }
}

await runCommand(main);
