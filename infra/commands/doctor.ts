import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { connectDatabase, pingDatabase } from '@bachata-buddy/database';
import { findMediaTools } from '@bachata-buddy/media';
import { parseCommandLine, runCommand, toError } from '@bachata-buddy/platform';
import { DATA_DIRECTORY } from './paths.ts';

const HELP = `
Usage: pnpm doctor

Looks at what this machine needs to run Bachata Buddy and says for each thing whether it is there and, where
it is not, what to do. Changes nothing. Exit code 1 where something is missing.
`;

const NODE_MINIMUM = [20, 19] as const;
const FREE_DISK_MINIMUM_BYTES = 2e9;
const API_PORT = 8000;

type Finding = { readonly isFine: boolean; readonly text: string };

const EXAMINATIONS: Readonly<Record<string, () => Promise<Finding>>> = {
  'Node.js': async () => {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    const isFine = major > NODE_MINIMUM[0] || (major === NODE_MINIMUM[0] && minor >= NODE_MINIMUM[1]);
    return { isFine, text: `${process.version}${isFine ? '' : '; install 20.19 or newer from nodejs.org'}` };
  },
  ffmpeg: async () => {
    const tools = await findMediaTools();
    return { isFine: true, text: `${tools.ffmpegVersion} (${tools.ffmpegPath})` };
  },
  PostgreSQL: async () => {
    const url = process.env.DATABASE_URL;
    if (url === undefined)
      return { isFine: true, text: 'embedded (set DATABASE_URL to use a server of yours)' };
    const db = connectDatabase({ url });
    try {
      await pingDatabase(db);
      return { isFine: true, text: 'the server of DATABASE_URL answers' };
    } finally {
      await db.close();
    }
  },
  'Data folder': async () => {
    await mkdir(DATA_DIRECTORY, { recursive: true });
    await access(DATA_DIRECTORY, constants.W_OK);
    const { bavail, bsize } = await statfs(DATA_DIRECTORY);
    const isFine = bavail * bsize >= FREE_DISK_MINIMUM_BYTES;
    const free = `${((bavail * bsize) / 1e9).toFixed(1)} GB free in .data`;
    return { isFine, text: isFine ? free : `${free}; make room for 2 GB` };
  },
  [`Port ${API_PORT}`]: async () => {
    const isTaken = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ port: API_PORT, host: '127.0.0.1' });
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('close', () => socket.destroy());
      socket.unref();
    });
    return { isFine: true, text: isTaken ? 'in use: start with --port' : 'free' };
  },
};

async function main(): Promise<number> {
  parseCommandLine({ help: HELP, options: {}, args: process.argv.slice(2) });
  let missing = 0;
  for (const [name, examine] of Object.entries(EXAMINATIONS)) {
    const finding = await examine().catch((thrown) => ({ isFine: false, text: toError(thrown).message }));
    if (!finding.isFine) missing += 1;
    process.stdout.write(`${finding.isFine ? 'ok     ' : 'MISSING'}  ${name.padEnd(12)}  ${finding.text}\n`);
  }
  return missing === 0 ? 0 : 1;
}

await runCommand(main);
