import { access, constants, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';

/** The file system in memory that Linux has; containers often have one too small to use. */
const MEMORY_FOLDER = '/dev/shm';
/** Several times what the databases of a run take together. */
const ROOM_BYTES = 2 * 1024 ** 3;

/**
 * Where the server of a run of tests keeps its files. Hundreds of databases are copied, filled and dropped in a run: on a
 * disk, making and removing their files costs more than all that is asked of them.
 *
 * @returns the memory file system where there is one with room, else the system's folder for temporary files
 */
export async function serverFolder(): Promise<string> {
  return (await hasRoom(MEMORY_FOLDER)) ? MEMORY_FOLDER : tmpdir();
}

async function hasRoom(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    // There is none on this system, or it is not for us.
    return false;
  }
}
