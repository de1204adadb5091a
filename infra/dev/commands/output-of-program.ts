import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT_DIRECTORY } from '../../paths.ts';

/** What a program of an app prints: nothing imports an app. */
export async function outputOfProgram(program: string): Promise<string> {
  const args = ['infra/build/run-program.mjs', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT_DIRECTORY });
  return stdout.trim();
}
