import { fileURLToPath } from 'node:url';

/** The rendering program of this workspace, run by the Node that runs this process. */
export function jobCommand() {
  const entryPath = fileURLToPath(new URL('../../../job/src/main.ts', import.meta.url));
  return {
    command: { file: process.execPath, args: ['--import', 'tsx', entryPath], entryPath },
    cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
  };
}
