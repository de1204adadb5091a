// Builds one program, for whoever found none that is fresh, and says what it has made.
import { runCommand, usageError } from '@bachata-buddy/platform';
import { keepBuild } from './keep-build.ts';

const BUILDER = 'infra/build/keep-program.ts';

async function main(): Promise<undefined> {
  const [source] = process.argv.slice(2);
  if (source === undefined) throw usageError('Which program?');
  process.stdout.write(JSON.stringify(await keepBuild(source, [source])));
  // For the next one, which then need not compile this program before it compiles another.
  await keepBuild(BUILDER, [BUILDER]);
}

await runCommand(main);
