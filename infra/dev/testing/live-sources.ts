import { build, type Plugin } from 'esbuild';
import { ROOT_DIRECTORY } from '../../paths.ts';

const IS_OURS = /^(\.|@bachata-buddy\/)/;

/**
 * By program, the sources of which something is left once all that it cannot use is shaken out: of a room's `index.ts` not
 * all that it passes on, but what is asked of it. No source of ours does anything by being imported alone.
 *
 * @param programs paths from the root; so are the sources
 */
export async function findLiveSources(programs: readonly string[]): Promise<Record<string, string[]>> {
  const { metafile } = await build({
    absWorkingDir: ROOT_DIRECTORY,
    entryPoints: [...programs],
    bundle: true,
    // Nothing is written; each program is shaken by itself, as it is not where they share chunks.
    write: false,
    outdir: 'live',
    format: 'esm',
    platform: 'node',
    legalComments: 'none',
    plugins: [sourcesAreShaken()],
    metafile: true,
    logLevel: 'warning',
  });
  const live = Object.values(metafile.outputs).map(({ entryPoint = '', inputs }): [string, string[]] => {
    const sources = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    return [entryPoint, sources.map(([path]) => path)];
  });
  return Object.fromEntries(live);
}

/** What is imported of them and not used falls away; packages are left where they are. */
function sourcesAreShaken(): Plugin {
  return {
    name: 'sources-are-shaken',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /.*/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (kind === 'entry-point' || pluginData === sourcesAreShaken) return null;
        if (!IS_OURS.test(path)) return { path, external: true, sideEffects: false };
        const found = await resolve(path, { kind, importer, resolveDir, pluginData: sourcesAreShaken });
        return { ...found, sideEffects: false };
      });
    },
  };
}
