import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseCommandLine, runCommand } from '@bachata-buddy/platform';
import { ROOT_DIRECTORY } from '../../paths.ts';
import { GENERATED } from './generated.ts';

const HELP = `
Usage: pnpm check [--fix]

Runs every check that needs no test: formatting and lint, types, who imports whom, what nobody uses, generated files
fresh.
All of them run; the first line of each says whether it passed.

  --fix   let the formatter and the safe lint fixes write
`;

interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

function checksOf(isFixing: boolean): Check[] {
  const tool = (name: string): string => `${ROOT_DIRECTORY}node_modules/.bin/${name}`;
  const script = (name: string, file: string): Check => {
    return { name, command: process.execPath, args: ['infra/build/run-program.mjs', file, '--check'] };
  };
  return [
    {
      name: 'format and lint',
      command: tool('biome'),
      args: ['check', ...(isFixing ? ['--write'] : []), '.'],
    },
    { name: 'types', command: tool('tsc'), args: ['--noEmit', '-p', 'tsconfig.json'] },
    // Browsers and Node know different names: what runs in the one is not checked by those of the other.
    {
      name: 'types of the page',
      command: tool('tsc'),
      args: ['--noEmit', '-p', 'apps/studio/tsconfig.json'],
    },
    {
      name: 'types of its tests',
      command: tool('tsc'),
      args: ['--noEmit', '-p', 'apps/studio/test/tsconfig.json'],
    },
    {
      name: 'who imports whom',
      command: tool('depcruise'),
      args: ['--config', '.dependency-cruiser.cjs', 'apps', 'packages', 'infra', 'bench'],
    },
    { name: 'nothing that nobody uses', command: tool('knip'), args: ['--no-progress', '--no-config-hints'] },
    ...GENERATED.map(({ what, program }) => script(`${what} fresh`, program)),
  ];
}

async function main(): Promise<number> {
  const { values } = parseCommandLine({
    help: HELP,
    options: { fix: { type: 'boolean' } },
    args: process.argv.slice(2),
  });
  let failures = 0;
  for (const check of checksOf(values.fix === true)) {
    const { exitCode, output } = await run(check);
    process.stdout.write(`${exitCode === 0 ? 'ok    ' : 'FAILED'}  ${check.name}\n`);
    if (exitCode !== 0) {
      failures += 1;
      process.stdout.write(`${output.trim()}\n`);
    }
  }
  return failures === 0 ? 0 : 1;
}

async function run({ command, args }: Check): Promise<{ exitCode: number; output: string }> {
  const child = spawn(command, args, { cwd: ROOT_DIRECTORY, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const [exitCode] = await once(child, 'close');
  return { exitCode: exitCode ?? 1, output };
}

await runCommand(main);
