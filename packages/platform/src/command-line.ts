import { type ParseArgsConfig, parseArgs } from 'node:util';
import { AppError, toError } from './app-error.ts';
import { usageError } from './errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

export interface CommandLineOptions<O extends Options> {
  /** The whole `--help` text. */
  readonly help: string;
  readonly options: O;
  /** The most arguments that it takes beside options; of those beyond none is ignored. Default 0. */
  readonly maxPositionals?: number;
  readonly args: readonly string[];
}

/**
 * Parses a command's arguments; `--help` (or `-h`) prints the help and ends the process with 0.
 *
 * @throws AppError `USAGE` for an unknown option, a missing value or more arguments than it takes
 */
export function parseCommandLine<O extends Options>({
  help,
  options,
  maxPositionals = 0,
  args,
}: CommandLineOptions<O>) {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${help.trim()}\n`);
    process.exit(0);
  }
  const parsed = parseStrictly(withoutSeparator(args, options), options);
  const surplus = parsed.positionals.slice(maxPositionals);
  if (surplus.length > 0) throw usageError(`Too many arguments: ${surplus.join(' ')}. See --help.`);
  return parsed;
}

function parseStrictly<O extends Options>(args: string[], options: O) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (thrown) {
    throw usageError(`${toError(thrown).message.split('. ')[0]}. See --help.`, thrown);
  }
}

/**
 * Without the `--` of `pnpm NAME -- --option`: npm takes it away, pnpm passes it on, and behind it no option would be one.
 * Any other keeps its meaning: what follows is a name, though it begin with a hyphen.
 */
function withoutSeparator(args: readonly string[], options: Options): string[] {
  const at = args.indexOf('--');
  const [, optionName = ''] = /^--([^=]+)/.exec(args[at + 1] ?? '') ?? [];
  const isRunners = at === 0 || (at > 0 && Object.hasOwn(options, optionName));
  return isRunners ? args.toSpliced(at, 1) : [...args];
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
