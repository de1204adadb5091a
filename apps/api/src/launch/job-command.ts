import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownFile } from '@bachata-buddy/platform';

/** The rendering program that came with this one, run by the Node that runs this process. */
export function jobCommand() {
  const entry = ownFile(import.meta.url, {
    source: '../../../job/src/main.ts',
    built: '../job/main.js',
  });
  const entryPath = fileURLToPath(entry);
  const loader = entryPath.endsWith('.ts') ? ['--import', 'tsx'] : [];
  return {
    command: { file: process.execPath, args: [...loader, entryPath], entryPath },
    // tsx is found from here, being of this workspace.
    cwd: dirname(entryPath),
  };
}
