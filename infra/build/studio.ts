import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { infraError } from '../errors.ts';

export interface BuildStudioOptions {
  /** The project's root folder. */
  readonly root: string;
  /** Gets `index.html` and `assets/`; emptied first. */
  readonly directory: string;
}

/** Builds the page. @throws AppError `COMMAND_FAILED`, with what the builder said */
export async function buildStudio({ root, directory }: BuildStudioOptions): Promise<void> {
  const child = spawn(process.execPath, studioBuilder({ root, directory }), {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) throw infraError('COMMAND_FAILED', `The page could not be built.\n${output.trim()}`);
}

/** The arguments with which Node builds the page, for whoever runs it in its own way. */
export function studioBuilder({ root, directory }: BuildStudioOptions): string[] {
  const studio = join(root, 'apps/studio');
  return [join(studio, 'node_modules/vite/bin/vite.js'), 'build', studio, '--outDir', directory];
}
