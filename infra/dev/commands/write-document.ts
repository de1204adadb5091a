import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCommandLine, platformError } from '@bachata-buddy/platform';
import { ROOT_DIRECTORY } from '../../paths.ts';

export interface GeneratedDocument {
  /** Of the command that makes it. */
  readonly help: string;
  /** From the root: `docs/errors.md`. */
  readonly path: string;
  readonly text: () => Promise<string>;
}

/**
 * A command that writes a document, or says with `--check` whether it is fresh.
 *
 * @returns the exit code
 * @throws AppError `DOCUMENT_STALE`, `USAGE`
 */
export async function writeDocument({ help, path, text }: GeneratedDocument): Promise<number> {
  const { values } = parseCommandLine({
    help,
    args: process.argv.slice(2),
    options: { check: { type: 'boolean', default: false } },
  });
  const file = join(ROOT_DIRECTORY, path);
  const wanted = await text();
  if (!values.check) {
    await writeFile(file, wanted);
    return 0;
  }
  if ((await readFile(file, 'utf8').catch(() => '')) === wanted) return 0;
  throw platformError('DOCUMENT_STALE', `${path} is stale. Write it: see --help.`);
}
