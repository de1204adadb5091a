import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

export type { Logger } from 'pino';

/** Cloud Logging's names for pino's levels (LogSeverity, cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry). */
const SEVERITY_OF_LEVEL: Readonly<Record<string, string>> = {
  trace: 'DEBUG',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
  fatal: 'CRITICAL',
};

/** What must never reach a log line, wherever a caller puts it. */
const REDACTED_PATHS = [
  'authorization',
  'cookie',
  'password',
  'token',
  'access',
  'refresh',
  'apiKey',
  'secret',
]
  .flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  .concat(['req.headers["x-api-key"]', '*["set-cookie"]', '*.*["set-cookie"]']);

export interface MakeLoggerOptions {
  /** The program's name, in every line. */
  readonly name: string;
  /** pino level; lines below it are dropped. */
  readonly level: string;
  /** Where lines go; standard output by default. */
  readonly destination?: DestinationStream;
  /** Asked at each line for what else belongs into it: the trace that it is part of, say. */
  readonly fields?: () => object;
}

/**
 * A logger that writes one JSON object a line as Cloud Logging reads it: `severity`, `message`, `time` in
 * RFC 3339. Credentials are redacted by name; text of errors keeps its `code`.
 */
export function makeLogger({ name, level, destination, fields }: MakeLoggerOptions): Logger {
  const options: LoggerOptions = {
    name,
    level,
    messageKey: 'message',
    errorKey: 'err',
    base: {},
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
    ...(fields === undefined ? {} : { mixin: fields }),
    formatters: { level: (label) => ({ severity: SEVERITY_OF_LEVEL[label] ?? 'DEFAULT' }) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
