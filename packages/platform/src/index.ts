export { AppError, hasCode, toError } from './app-error.ts';
export { prepareAskedFile, prepareAskedFolder, writeAsked } from './asked-file.ts';
export { parseCommandLine, runCommand } from './command-line.ts';
export { configError, loadConfig } from './config.ts';
export { configurationTable } from './configuration-table.ts';
export { cutText } from './cut-text.ts';
export { elementAt, valueAt } from './element-at.ts';
export type { ErrorCode, ErrorFacts, ErrorTable } from './error-codes.ts';
export { cancelled, PLATFORM_ERRORS, platformError, usageError } from './errors.ts';
export { errorsTable } from './errors-table.ts';
export { composed, foldForName, foldForSearch } from './folded-text.ts';
export { hashFile } from './hash-file.ts';
export { type Logger, makeLogger } from './logger.ts';
export { makeErrors } from './make-errors.ts';
export { ownFile } from './own-file.ts';
export {
  commandLineOf,
  identityOf,
  isAlive,
  isStillRunning,
  parseIdentity,
} from './process-identity.ts';
export { makeProgressLine, type ProgressLine } from './progress-line.ts';
export { readText } from './read-text.ts';
export { runBounded } from './run-bounded.ts';
export { withScratchDirectory } from './scratch-directory.ts';
export { systemReason } from './system-reason.ts';
export { closeOnTermination } from './termination.ts';
