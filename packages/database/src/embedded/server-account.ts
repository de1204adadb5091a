import { execFile } from 'node:child_process';
import { chown, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { dbError } from '../errors.ts';
import type { Binaries } from './binaries.ts';

const run = promisify(execFile);

/** A program and how to spawn it, so that it runs as the server's account. */
export interface AccountCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: { readonly uid?: number; readonly gid?: number };
}

/** Whom the server runs as. PostgreSQL refuses to run as root. */
export interface ServerAccount {
  command(file: string, args: readonly string[]): AccountCommand;
  /** Gives a file to the account. */
  own(file: string): Promise<void>;
}

interface Ids {
  readonly uid: number;
  readonly gid: number;
}

/** The process's own account. */
const OWN_ACCOUNT: ServerAccount = {
  command: (file, args) => ({ file, args, options: {} }),
  own: async () => {},
};

/**
 * Whom to run the server as. Started by an ordinary user: that user. Started by root: the owner of the data
 * directory, else of the folder around it (where that is a named account other than root), else `nobody`; no account is created on the machine. Where that
 * account may not pass the folders on the way (a project under `/root`, say), the server keeps the one right to
 * pass them (CAP_DAC_OVERRIDE, by `setpriv` of util-linux) and nothing else of root's.
 *
 * @throws AppError `DB_EMBEDDED_AS_ROOT` where root has no such way
 */
export async function chooseServerAccount(directory: string, binaries: Binaries): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return OWN_ACCOUNT;
  const ids = await findOrdinaryIds(directory);
  const own = (file: string) => chown(file, ids.uid, ids.gid);
  const [reachesData, reachesPrograms] = await Promise.all([
    canPass(directory, ids),
    canPass(path.dirname(binaries.postgres), ids),
  ]);
  if (reachesData && reachesPrograms) {
    return { own, command: (file, args) => ({ file, args, options: ids }) };
  }
  const asAccount = [
    `--reuid=${ids.uid}`,
    `--regid=${ids.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ];
  try {
    await run('setpriv', [...asAccount, binaries.postgres, '--version'], { cwd: '/' });
  } catch (thrown) {
    throw dbError(
      'DB_EMBEDDED_AS_ROOT',
      'PostgreSQL does not run as root, and no other account can reach this folder: start as an ordinary user, move the project, or set DATABASE_URL',
      { cause: thrown },
    );
  }
  return {
    own,
    command: (file, args) => ({ file: 'setpriv', args: [...asAccount, file, ...args], options: {} }),
  };
}

async function findOrdinaryIds(directory: string): Promise<Ids> {
  const ofData = await ownerOf(path.join(directory, 'postgres'));
  if (ofData !== null && ofData.uid !== 0) return ofData;
  const accounts = await readAccounts();
  const ofFolder = await ownerOf(directory);
  // initdb wants an account with a name.
  const known = [...accounts.values()].find(({ uid }) => uid === ofFolder?.uid && uid !== 0);
  const ids = known ?? accounts.get('nobody');
  if (ids === undefined) {
    throw dbError(
      'DB_EMBEDDED_AS_ROOT',
      'PostgreSQL does not run as root, and this system has no account "nobody"',
    );
  }
  return ids;
}

async function ownerOf(file: string): Promise<Ids | null> {
  try {
    const { uid, gid } = await stat(file);
    return { uid, gid };
  } catch {
    return null; // Not there yet: the next candidate answers.
  }
}

/** The system's accounts by name: passwd(5). */
async function readAccounts(): Promise<Map<string, Ids>> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').filter((line) => /^[^#:]/.test(line));
  return new Map(
    lines.map((line) => {
      const [name = '', , uid, gid] = line.split(':');
      // macOS counts nobody as -2, which the kernel knows as 4294967294.
      return [name, { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }];
    }),
  );
}

/** Whether the account may pass every folder down to and including this one. */
async function canPass(directory: string, { uid, gid }: Ids): Promise<boolean> {
  for (let folder = path.resolve(directory); ; folder = path.dirname(folder)) {
    const status = await stat(folder);
    const executeBit = status.uid === uid ? 0o100 : status.gid === gid ? 0o010 : 0o001;
    if ((status.mode & executeBit) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}
