export { AppError, type AppErrorOptions, toError } from './app-error.ts';
export { type CommandLineOptions, parseCommandLine, runCommand } from './command-line.ts';
export { loadConfig } from './config.ts';
export { configurationTable } from './configuration-table.ts';
export { type Logger, type MakeLoggerOptions, makeLogger } from './logger.ts';
export { type OwnFilePlaces, ownFile } from './own-file.ts';
export {
  commandLineOf,
  identityOf,
  isAlive,
  isStillRunning,
  type ProcessIdentity,
  parseIdentity,
} from './process-identity.ts';
export { makeProgressLine, type ProgressLine } from './progress-line.ts';
export { type RunBoundedOptions, runBounded } from './run-bounded.ts';
export { type ScratchDirectoryOptions, withScratchDirectory } from './scratch-directory.ts';
export { closeOnTermination, type TerminationOptions } from './termination.ts';
