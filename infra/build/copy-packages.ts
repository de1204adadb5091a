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
  const names = Object.keys(packages);
  const entries = names.map((name) =>
    createRequire(join(root, packages[name] ?? '', 'package.json')).resolve(name),
  );
  const { fileList } = await nodeFileTrace(entries, {
    base: root,
    ignore: (path) => ONLY_IN_PAGES.some((name) => path.includes(`${NODE_MODULES}${name}/`)),
  });
  for (const path of fileList) {
    await cp(join(root, path), join(directory, path), { recursive: true, verbatimSymlinks: true });
  }
  for (const [index, name] of names.entries()) {
    const entry = relative(root, entries[index] ?? '');
    const folder = entry.slice(0, entry.lastIndexOf(NODE_MODULES) + NODE_MODULES.length + name.length);
    const link = join(directory, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(relative(dirname(link), join(directory, folder)), link);
  }
}
