import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { shownName, textOfName } from './file-name.ts';
import { reasonOf } from './source-fault.ts';

/** A file that somebody brings. */
export interface FoundFile {
  /** In bytes: a name need not be text. */
  readonly path: Buffer;
  /** Below the folder that was named, as it is shown to people. */
  readonly name: string;
  /** Its own name as text in NFC, for what is made of it. */
  readonly fileName: string;
}

export interface FoundFiles {
  /** In the order of their paths' bytes. */
  readonly files: readonly FoundFile[];
  /** Folders that could not be looked into, each with why. */
  readonly problems: readonly { readonly name: string; readonly reason: string }[];
}

const SEPARATOR = Buffer.from('/');

/**
 * The files of a folder and of the folders in it that have a name of this kind; links are followed, each folder once.
 * Whether a file can be read is not looked at: a link that leads nowhere is found too.
 *
 * @throws the system's error where the folder itself cannot be read
 */
export async function findFiles(directory: string, names: RegExp): Promise<FoundFiles> {
  const files: FoundFile[] = [];
  const problems: { name: string; reason: string }[] = [];
  const seen = new Set<string>();

  async function look(path: Buffer, prefix: Buffer): Promise<void> {
    const { dev, ino } = await stat(path);
    if (seen.has(`${dev}:${ino}`)) return;
    seen.add(`${dev}:${ino}`);
    const entries = await readdir(path, { encoding: 'buffer', withFileTypes: true });
    for (const entry of entries.sort((one, other) => Buffer.compare(one.name, other.name))) {
      const place = Buffer.concat([path, SEPARATOR, entry.name]);
      const below = Buffer.concat([prefix, entry.name]);
      const fileName = textOfName(entry.name);
      if (await isFolder(entry, place)) await lookInto(place, below);
      else if (names.test(fileName)) files.push({ path: place, name: shownName(below), fileName });
    }
  }

  async function lookInto(path: Buffer, name: Buffer): Promise<void> {
    try {
      await look(path, Buffer.concat([name, SEPARATOR]));
    } catch (thrown) {
      const reason = reasonOf(thrown);
      if (reason === undefined) throw thrown;
      problems.push({ name: shownName(name), reason: `the folder ${reason}` });
    }
  }

  await look(Buffer.from(directory), Buffer.alloc(0));
  return { files, problems };
}

/** A link is what it leads to; one that leads nowhere is a file, and will be found missing. */
async function isFolder(entry: Dirent<Buffer>, path: Buffer): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}
