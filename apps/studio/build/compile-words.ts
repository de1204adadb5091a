import compile from 'icu-minify/compile';
import { type Plugin, runnerImport } from 'vite';
import type { ShownWords } from '../src/words/load-words.ts';

const WORDS = /\/src\/words\/[a-z]{2}\/index\.ts$/;

/** Texts as `icu-minify` compiles them, in the tree that they stood in. */
type Compiled = { readonly [key: string]: Compiled | ReturnType<typeof compile> };

/**
 * Compiles the texts of each language (ICU MessageFormat) when the page is built: what parses them stays out of the page, and
 * costs no time there. Together with {@link COMPILED_ALIAS}.
 */
export function compileWords(): Plugin {
  return {
    name: 'compile-words',
    apply: 'build',
    async load(id) {
      if (!WORDS.test(id)) return null;
      const { module, dependencies } = await runnerImport<Pick<ShownWords, 'words'>>(id);
      for (const file of dependencies) this.addWatchFile(file);
      // Faster to read than the same as JavaScript.
      const json = JSON.stringify(JSON.stringify(compiled(module.words)));
      return { code: `export const words = JSON.parse(${json});`, moduleType: 'js' };
    },
  };
}

/** The formatter of compiled texts in the place of the one that parses. */
export const COMPILED_ALIAS = {
  find: /^use-intl\/format-message$/,
  replacement: 'use-intl/format-message/format-only',
};

type Tree = { readonly [key: string]: Tree | string };

function compiled(tree: Tree): Compiled {
  return Object.fromEntries(
    Object.entries(tree).map(([key, text]) => [
      key,
      typeof text === 'string' ? compile(text) : compiled(text),
    ]),
  );
}
