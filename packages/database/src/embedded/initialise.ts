import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dbError } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import { embeddedError } from './embedded-error.ts';
import type { AccountCommand, ServerAccount } from './server-account.ts';
import { readSettings, type ServerFiles, type ServerSettings, writeSettings } from './server-files.ts';

export const SUPERUSER = 'postgres';
/** Nothing of the caller's environment (PGDATA, PGPORT, a locale) reaches the programs. */
export const PROGRAM_ENVIRONMENT = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
const PASSWORD_BYTES = 24;

export interface InitialiseOptions {
  readonly files: ServerFiles;
  readonly binaries: Binaries;
  readonly account: ServerAccount;
  /** Wait until the new files are on the disk. */
  readonly durable: boolean;
}

/**
 * The settings of the server, whose data directory is made first where there is none. It is made under another
 * name and renamed when whole, so that an interrupted first start leaves nothing half done in its place.
 *
 * @throws AppError `DB_EMBEDDED_STATE_LOST` where there are data but no password for them
 */
export async function initialise(options: InitialiseOptions): Promise<ServerSettings> {
  const { files } = options;
  const settings = await readSettings(files.settings);
  if (await exists(files.data)) {
    if (settings !== null) return settings;
    throw dbError(
      'DB_EMBEDDED_STATE_LOST',
      'The password file of the embedded PostgreSQL server (postgres.json) is gone: put it back, or remove the postgres folder beside it to start afresh',
    );
  }
  const fresh = { password: randomBytes(PASSWORD_BYTES).toString('base64url'), port: 0 };
  const draft = `${files.data}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await options.account.own(draft);
  await runInitdb(draft, fresh.password, options);
  await writeSettings(files.settings, fresh);
  await rename(draft, files.data);
  return fresh;
}

async function runInitdb(
  data: string,
  password: string,
  { files, binaries, account, durable }: InitialiseOptions,
): Promise<void> {
  const passwordFile = `${files.settings}.initial`;
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    await account.own(passwordFile);
    await runProgram(
      account.command(binaries.initdb, [
        `--pgdata=${data}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Letters fold their case in every language, and sort alike on every machine.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        ...(durable ? [] : ['--no-sync']),
      ]),
      files.log,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function runProgram({ file, args, options }: AccountCommand, log: string): Promise<void> {
  const child = spawn(file, args, {
    ...options,
    cwd: '/',
    env: PROGRAM_ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = `${output}${text}`.slice(-4_000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (error) => reject(embeddedError(error)));
    child.once('close', resolve);
  });
  if (code === 0) return;
  await writeFile(log, output, { mode: 0o600 });
  throw embeddedError(new Error(`initdb ended with exit code ${code}`), output);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
