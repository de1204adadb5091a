import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory, type TeardownContext } from './teardown.ts';

export interface HeldFfmpeg {
  /** For FFMPEG_PATH. */
  readonly path: string;
  /** From here on each one that starts waits. */
  hold(): Promise<void>;
  /** Those that wait go on, and so does whoever starts later. */
  release(): Promise<void>;
}

/**
 * An ffmpeg that can be made to wait. A job is then at work for as long as somebody wants to look at it: rendering is
 * too fast to be met in the middle by chance.
 *
 * @param ffmpegPath the real one, which it becomes
 */
export async function makeHeldFfmpeg(context: TeardownContext, ffmpegPath: string): Promise<HeldFfmpeg> {
  const directory = await makeDirectory(context);
  const path = join(directory, 'ffmpeg');
  const hold = join(directory, 'hold');
  const script = `#!/bin/sh
while [ -e '${hold}' ]; do sleep 0.05; done
exec '${ffmpegPath}' "$@"
`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return { path, hold: () => writeFile(hold, ''), release: () => rm(hold, { force: true }) };
}
