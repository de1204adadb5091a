import { type ParseArgsConfig, parseArgs } from 'node:util';
import { AppError, toError } from './app-error.ts';
import { usageError } from './errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

export interface CommandLineOptions<O extends Options> {
  /** The whole `--help` text. */
  readonly help: string;
  readonly options: O;
  readonly args: readonly string[];
}

/**
 * Parses a command's arguments; `--help` (or `-h`) prints the help and ends the process with 0.
 *
 * @throws AppError `USAGE` for an unknown option or a missing value
 */
export function parseCommandLine<O extends Options>({ help, options, args }: CommandLineOptions<O>) {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${help.trim()}\n`);
    process.exit(0);
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (thrown) {
    throw usageError(`${toError(thrown).message.split('. ')[0]}. See --help.`, thrown);
  }
}

/**
 * Runs a command's main function: its number is the exit code; an {@link AppError} is printed as one line for
 * people (exit 1; 2 for a wrong call), anything else with its stack, for it is a bug.
 */
export async function runCommand(main: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (thrown) {
    const error = toError(thrown);
    const isExpected = error instanceof AppError;
    process.stderr.write(`${isExpected ? `error: ${error.message}` : (error.stack ?? error.message)}\n`);
    process.exitCode = isExpected && error.code === 'USAGE' ? 2 : 1;
  }
}
