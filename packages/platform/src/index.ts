export { AppError, toError } from './app-error.ts';
export { parseCommandLine, runCommand } from './command-line.ts';
export { configError, loadConfig } from './config.ts';
export { configurationTable } from './configuration-table.ts';
export { hashFile } from './hash-file.ts';
export { type Logger, makeLogger } from './logger.ts';
export { ownFile } from './own-file.ts';
export {
  commandLineOf,
  identityOf,
  isAlive,
  isStillRunning,
  parseIdentity,
} from './process-identity.ts';
export { makeProgressLine, type ProgressLine } from './progress-line.ts';
export { runBounded } from './run-bounded.ts';
export { withScratchDirectory } from './scratch-directory.ts';
export { closeOnTermination } from './termination.ts';
