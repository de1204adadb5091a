export { AppError, type AppErrorOptions, toError } from './app-error.ts';
export { type CommandLineOptions, parseCommandLine, runCommand } from './command-line.ts';
export { loadConfig } from './config.ts';
export { configurationTable } from './configuration-table.ts';
export { type Logger, type MakeLoggerOptions, makeLogger } from './logger.ts';
export { type OwnFilePlaces, ownFile } from './own-file.ts';
export { makeProgressLine, type ProgressLine } from './progress-line.ts';
export { closeOnTermination, type TerminationOptions } from './termination.ts';
