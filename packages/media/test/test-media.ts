import { join } from 'node:path';
import { findMediaTools, runFfmpeg } from '@bachata-buddy/media';

/** Has ffmpeg make a file; `args` are everything but the output. */
export async function makeMedia(directory: string, name: string, args: readonly string[]): Promise<string> {
  const path = join(directory, name);
  await runFfmpeg({ tools: await findMediaTools(), args: [...args, path] });
  return path;
}
