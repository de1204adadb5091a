import { usageError } from '@bachata-buddy/platform';

/** What `--port` was given, as a number. @throws AppError `USAGE` where it is none of a port */
export function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw usageError('--port takes a number from 1 to 65535.');
}
