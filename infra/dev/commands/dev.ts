import { once } from 'node:events';
import { parseCommandLine, runCommand, toError } from '@bachata-buddy/platform';
import { makeLocalStack } from './local-stack.ts';
import { ensureMediaTools } from './media-tools.ts';
import { portOf } from './port-option.ts';

const HELP = `
Usage: pnpm dev [--port N]

Starts PostgreSQL (unless DATABASE_URL names one), applies migrations and runs the API, restarted on every
change of a source file; it serves the page, built anew on every change of that. The catalogue is what you ingested: pnpm ingest --demo brings the demo library in.

  --port N   where the API listens (default 8000)
`;

async function main(): Promise<number> {
  const { values } = parseCommandLine({
    help: HELP,
    options: { port: { type: 'string', default: '8000' } },
    args: process.argv.slice(2),
  });
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const port = portOf(values.port);
  await ensureMediaTools(say);
  const stack = await makeLocalStack({ port, say });
  const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  try {
    const api = await stack.startApi({ isWatching: true });
    const page = stack.buildStudio({ isWatching: true });
    page.showOutput();
    page.ended.catch((thrown: unknown) => {
      if (!stack.isStopping()) say(`${toError(thrown).message} The API goes on without it.`);
    });
    say(`Page on ${stack.baseUrl}, documentation on ${stack.baseUrl}/api/docs/. Ctrl-C stops it.`);
    await Promise.race([stopped, once(api, 'close')]);
    return 0;
  } finally {
    await stack.stop();
  }
}

await runCommand(main);
