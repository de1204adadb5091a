import { parseCommandLine, runCommand } from '@bachata-buddy/platform';
import type { Finding } from '../doctor/examine.ts';

const HELP = `
Usage: pnpm run doctor

Looks at what this machine needs to run Bachata Buddy and says for each thing whether it is there and, where it is
not, what to type (Debian, Ubuntu, Fedora, macOS, and these in Windows with WSL). Changes nothing. Exit code 1 where
something is missing.
`;

const MARKS = { ok: 'ok     ', note: 'note   ', missing: 'MISSING' } as const;

async function main(): Promise<number> {
  parseCommandLine({ help: HELP, options: {}, args: process.argv.slice(2) });
  const [{ examine }, { readMachine }] = await Promise.all([
    import('../doctor/examine.ts'),
    import('../doctor/read-machine.ts'),
  ]);
  const findings = examine(await readMachine());
  process.stdout.write(`${findings.map(show).join('\n')}\n`);
  return findings.some(({ state }) => state === 'missing') ? 1 : 0;
}

function show({ name, state, text, mend }: Finding): string {
  const line = `${MARKS[state]}  ${name.padEnd(12)}  ${text}`;
  return mend === undefined ? line : `${line}\n         ${' '.repeat(12)}  → ${mend}`;
}

await runCommand(main);
