import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseCommandLine, runCommand } from '@bachata-buddy/platform';
import { infraError } from '../../errors.ts';
import { ROOT_DIRECTORY } from '../../paths.ts';
import { GENERATED } from './generated.ts';

const HELP = `
Usage: pnpm generate

Writes all that is made of the code and that \`pnpm check\` compares with it:
${GENERATED.map(({ what }) => `  ${what}`).join('\n')}

A migration gets a name of drizzle-kit's; give it one yourself with \`pnpm db:generate --name NAME\` before.
`;

async function main(): Promise<void> {
  parseCommandLine({ help: HELP, options: {}, args: process.argv.slice(2) });
  for (const { what, program } of GENERATED) {
    const args = ['infra/build/run-program.mjs', program];
    const child = spawn(process.execPath, args, { cwd: ROOT_DIRECTORY, stdio: 'inherit' });
    const [exitCode] = await once(child, 'close');
    if (exitCode !== 0) throw infraError('COMMAND_FAILED', `The ${what} could not be written.`);
    process.stdout.write(`written: ${what}\n`);
  }
}

await runCommand(async () => {
  await main();
  return 0;
});
