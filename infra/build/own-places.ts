import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

/** Of a module that asks for a file of its own: it lies beside the program. */
const OWN_FILE = 'ownFile(import.meta.url';

/** Of the packages that become part of a program, those that load more from where they lie. */
const ASKS_FOR_ITS_PLACE = /\/node_modules\/(@tapjs\/|tap\/|tcompare\/)/;

/**
 * A module that was compiled for this machine finds what lies beside its source where it lies: fixtures, documents.
 * The text is changed wherever it says so, in a string as well.
 */
export function sourcesKnowTheirPlaces(): Plugin {
  return {
    name: 'sources-know-their-places',
    setup({ onLoad }) {
      onLoad({ filter: /\.m?[jt]s$/ }, async ({ path }) => {
        if (path.includes('/node_modules/') && !ASKS_FOR_ITS_PLACE.test(path)) return null;
        const text = await readFile(path, 'utf8');
        return { loader: path.endsWith('ts') ? 'ts' : 'js', contents: withPlaces(text, path) };
      });
    },
  };
}

function withPlaces(text: string, path: string): string {
  const places: Readonly<Record<string, string>> = {
    url: pathToFileURL(path).href,
    dirname: dirname(path),
    filename: path,
  };
  return text
    .split(OWN_FILE)
    .map((part) =>
      part.replace(/\bimport\.meta\.(url|dirname|filename)\b/g, (_, name) => JSON.stringify(places[name])),
    )
    .join(OWN_FILE);
}

/**
 * Packages that do not become part of a program are loaded from where the importing module finds them, each room its
 * own version. One that is not installed stays a name, which fails when it is loaded: the code says what then.
 */
export function packagesStay(names: readonly string[]): Plugin {
  const filter = new RegExp(`^(${names.join('|')})(/|$)`);
  return {
    name: 'packages-stay',
    setup({ onResolve, resolve }) {
      onResolve({ filter }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (pluginData === packagesStay) return null;
        if (kind === 'require-call') return { path: required(path, importer), external: true };
        const found = await resolve(path, { kind, importer, resolveDir, pluginData: packagesStay });
        if (found.errors.length > 0) return { path, external: true };
        return { path: pathToFileURL(found.path).href, external: true };
      });
    },
  };
}

function required(name: string, importer: string): string {
  try {
    return createRequire(importer).resolve(name);
  } catch {
    return name;
  }
}

/** Test files that share a process: each has a test of its own for what it calls tap. */
export function filesHaveTheirTap(root: string): Plugin {
  return {
    name: 'files-have-their-tap',
    setup({ onResolve }) {
      onResolve({ filter: /^tap$/ }, ({ importer }) =>
        importer.endsWith('.test.ts') ? { path: join(root, 'infra/dev/testing/file-tap.ts') } : null,
      );
    },
  };
}
