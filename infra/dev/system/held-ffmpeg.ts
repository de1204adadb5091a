import { execFile } from 'node:child_process';
import { chmod, type FileHandle, mkdir, open, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeDirectory, type TeardownContext } from './teardown.ts';

export interface HeldFfmpeg {
  /** For FFMPEG_PATH. */
  readonly path: string;
  /** From here on each one that starts waits. */
  hold(): Promise<void>;
  /** How many processes have been made to wait for an ffmpeg of theirs, since the beginning. */
  countHeld(): Promise<number>;
  /** Those that wait go on, and so does whoever starts later; harmless where none is held. */
  release(): Promise<void>;
}

/**
 * An ffmpeg that can be made to wait. A job is then at work for as long as somebody wants to look at it: rendering is
 * too fast to be met in the middle by chance.
 *
 * It waits at a pipe that nobody writes to, and goes on when the last one who could has closed it (fifo(7)): those that wait cost
 * nothing, and none is left waiting by a test that died.
 *
 * @param ffmpegPath the real one, which it becomes
 */
export async function makeHeldFfmpeg(context: TeardownContext, ffmpegPath: string): Promise<HeldFfmpeg> {
  const directory = await makeDirectory(context);
  const path = join(directory, 'ffmpeg');
  const pipe = join(directory, 'hold');
  const held = join(directory, 'held');
  await mkdir(held);
  const script = `#!/bin/sh
if [ -p '${pipe}' ]; then
  : > '${held}'/$PPID
  read -r end < '${pipe}'
fi 2>/dev/null
exec '${ffmpegPath}' "$@"
`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  let end: FileHandle | undefined;
  const release = async (): Promise<void> => {
    // The name first: who found it has opened it while there was somebody to write.
    await rm(pipe, { force: true });
    await end?.close();
    end = undefined;
  };
  context.teardown(release);
  return {
    path,
    async hold() {
      await promisify(execFile)('mkfifo', [pipe]);
      end = await open(pipe, 'r+');
    },
    countHeld: async () => (await readdir(held)).length,
    release,
  };
}
