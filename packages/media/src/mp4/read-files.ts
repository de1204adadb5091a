import { type FileHandle, open } from 'node:fs/promises';

/** Open files at a time: far below what a process may have. */
const MAX_OPEN_FILES = 32;

export interface ReadFiles {
  /** The file, opened where it is not open. */
  open(path: string): Promise<FileHandle>;
  close(): Promise<void>;
}

/** Files that are read in turns, the ones used last kept open. */
export function openReadFiles(): ReadFiles {
  const files = new Map<string, FileHandle>();
  return {
    async open(path) {
      const file = files.get(path) ?? (await open(path));
      // A map keeps the order of insertion: the first is the one that was used longest ago.
      files.delete(path);
      files.set(path, file);
      const [oldest] = files;
      if (oldest !== undefined && files.size > MAX_OPEN_FILES) {
        files.delete(oldest[0]);
        await oldest[1].close();
      }
      return file;
    },
    async close() {
      await Promise.all([...files.values()].map((file) => file.close()));
      files.clear();
    },
  };
}
