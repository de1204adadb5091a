import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Plugin } from 'vite';

const compress = promisify(brotliCompress);

/** Nearly as small as can be, in half the time: the demo builds the page while somebody waits. */
const QUALITY = 10;
/** Below that the headers weigh as much as what is won. */
const LEAST_BYTES = 1_024;
const COMPRESSIBLE = /\.(?:js|css|svg)$/;

/** Lays beside each file what it is in Brotli, so that whoever serves it compresses nothing while somebody waits. */
export function compressFiles(): Plugin {
  return {
    name: 'compress-files',
    apply: 'build',
    generateBundle: {
      // Behind whoever still changes them.
      order: 'post',
      async handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
          if (!COMPRESSIBLE.test(file.fileName) || bytes.length < LEAST_BYTES) continue;
          const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
          const source = await compress(bytes, { params });
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source });
        }
      },
    },
  };
}
