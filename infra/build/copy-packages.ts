import { cp, mkdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { nodeFileTrace } from '@vercel/nft';

const NODE_MODULES = '/node_modules/';
/** Named in a page's script that contains them already. */
const ONLY_IN_PAGES = ['react', 'react-dom', 'scheduler'];

export interface CopyPackagesOptions {
  /** Package names, each with the room that depends on it. */
  readonly packages: Readonly<Record<string, string>>;
  /** The project's root folder. */
  readonly root: string;
  /** Gets a `node_modules`. */
  readonly directory: string;
}

/**
 * Copies the files that these packages load when they run, and those of the packages they load. They lie as pnpm has
 * them, in `node_modules/.pnpm` with links from each to what it depends on, so that each finds its own versions.
 */
export async function copyPackages({ packages, root, directory }: CopyPackagesOptions): Promise<void> {
  const found = findPackages(packages, root);
  const { fileList } = await nodeFileTrace([...found.values()], {
    base: root,
    ignore: (path) => ONLY_IN_PAGES.some((name) => path.includes(`${NODE_MODULES}${name}/`)),
  });
  for (const path of fileList) {
    await cp(join(root, path), join(directory, path), { recursive: true, verbatimSymlinks: true });
  }
  for (const [name, entry] of found) {
    const folder = folderOf(name, relative(root, entry));
    const link = join(directory, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(relative(dirname(link), join(directory, folder)), link);
  }
}

/** The same without a copy, for programs that never leave this machine: a moment's work. */
export async function linkPackages({ packages, root, directory }: CopyPackagesOptions): Promise<void> {
  for (const [name, entry] of findPackages(packages, root)) {
    const link = join(directory, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(folderOf(name, entry), link);
  }
}

/** By name, the file that an import of the package loads. */
function findPackages(packages: Readonly<Record<string, string>>, root: string): Map<string, string> {
  return new Map(
    Object.entries(packages).map(([name, room]) => [
      name,
      createRequire(join(root, room, 'package.json')).resolve(name),
    ]),
  );
}

/** The package's own folder, of a file in it. */
function folderOf(name: string, file: string): string {
  return file.slice(0, file.lastIndexOf(NODE_MODULES) + NODE_MODULES.length + name.length);
}
