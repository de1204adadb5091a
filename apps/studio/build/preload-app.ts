import type { Plugin, Rolldown } from 'vite';

interface PreloadAppOptions {
  /** Path, from the page's folder, of what the entry imports when it runs. */
  readonly module: string;
  /** What names of fonts begin with that the first view is written in. */
  readonly fonts: readonly string[];
}

/**
 * Has `index.html` name the files that the entry asks for as soon as it runs, so that a browser fetches them together with the
 * entry and not behind it; and the fonts, so that nothing is laid out in another one first.
 */
export function preloadApp({ module, fonts }: PreloadAppOptions): Plugin {
  return {
    name: 'preload-app',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const app = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/${module}`));
        if (app === undefined) throw new Error(`No file of the page begins with ${module}.`);
        // What is imported comes first: of two styles of the same weight the later one holds.
        const scripts = [...importsOf(app, chunks), app];
        const styles = scripts.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
        const fontFiles = fonts.map((font) => assetCalled(bundle, `${font}-`));
        return [
          ...fontFiles.map((fileName) => linkTo('preload', fileName, { as: 'font', type: 'font/woff2' })),
          ...scripts.map(({ fileName }) => linkTo('modulepreload', fileName)),
          ...styles.map((fileName) => linkTo('stylesheet', fileName)),
        ].filter(({ attrs }) => !html.includes(attrs.href));
      },
    },
  };
}

function linkTo(rel: string, fileName: string, attributes: Readonly<Record<string, string>> = {}) {
  const attrs = { rel, crossorigin: true, href: `/${fileName}`, ...attributes };
  return { tag: 'link', attrs, injectTo: 'head' as const };
}

/** @throws Error where there is none */
function assetCalled(bundle: Rolldown.OutputBundle, beginning: string): string {
  const found = Object.keys(bundle).find((fileName) => fileName.split('/').at(-1)?.startsWith(beginning));
  if (found === undefined) throw new Error(`No file of the page is called ${beginning}…`);
  return found;
}

/** All that it imports, and what that does. */
function importsOf(chunk: Rolldown.OutputChunk, chunks: readonly Rolldown.OutputChunk[]) {
  const found = new Set<Rolldown.OutputChunk>();
  const add = ({ imports }: Rolldown.OutputChunk): void => {
    for (const one of chunks.filter(({ fileName }) => imports.includes(fileName))) {
      if (found.has(one)) continue;
      found.add(one);
      add(one);
    }
  };
  add(chunk);
  return [...found];
}
