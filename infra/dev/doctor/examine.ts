import { PNPM_VERSION } from '../pnpm-version.ts';
import type { Machine } from './machine.ts';
import { type Lacking, lineThatBrings } from './systems.ts';

/** `missing`: nothing works without; `note`: something works less well, or is needed by few. */
export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'note' | 'missing';
  readonly text: string;
  /** What to type, or do. */
  readonly mend?: string;
}

export const API_PORT = 8000;
const NODE_MINIMUM = [20, 19] as const;
const FREE_DISK_MINIMUM_BYTES = 2e9;
/** What Docker gives a container; PostgreSQL's queries that run in parallel take some. */
const SHARED_MEMORY_MINIMUM_BYTES = 60e6;
const ENCODERS = ['libx264', 'aac'];
/** Works without: moves are then searched exactly, however many they are. */
const OPTIONAL_PACKAGES = ['hnswlib-node'];

/** What the machine has and lacks, each with the line that mends it. */
export function examine(machine: Machine): Finding[] {
  return [
    ofNode(machine),
    ofPnpm(machine),
    ofFfmpeg(machine),
    ofPostgres(machine),
    ofPackages(machine),
    ofFolders(machine),
    ofDisk(machine),
    ofSharedMemory(machine),
    ofPort(machine),
    ofGit(machine),
    ofChromium(machine),
    ofPoseModel(machine),
  ].filter((finding) => finding !== undefined);
}

const line = ({ system }: Machine, what: Lacking): string => lineThatBrings(what, system);

function ofNode(machine: Machine): Finding {
  const [major = 0, minor = 0] = machine.nodeVersion.split('.').map(Number);
  const isFine = major > NODE_MINIMUM[0] || (major === NODE_MINIMUM[0] && minor >= NODE_MINIMUM[1]);
  const name = 'Node.js';
  if (isFine) return { name, state: 'ok', text: machine.nodeVersion };
  return {
    name,
    state: 'missing',
    text: `${machine.nodeVersion}; 20.19 is needed`,
    mend: line(machine, 'node'),
  };
}

function ofPnpm({ pnpmVersion }: Machine): Finding {
  const name = 'pnpm';
  if (pnpmVersion?.split('.')[0] === PNPM_VERSION.split('.')[0])
    return { name, state: 'ok', text: pnpmVersion ?? '' };
  const text = pnpmVersion ?? 'not what runs this';
  return { name, state: 'note', text, mend: `alias pnpm="npx --yes pnpm@${PNPM_VERSION}"` };
}

function ofFfmpeg(machine: Machine): Finding {
  const name = 'ffmpeg';
  const { ffmpeg } = machine;
  const mend = line(machine, 'ffmpeg');
  if ('problem' in ffmpeg) return { name, state: 'missing', text: ffmpeg.problem, mend };
  const lacking = ENCODERS.filter((encoder) => !ffmpeg.encoders.includes(encoder));
  if (lacking.length === 0) return { name, state: 'ok', text: ffmpeg.text };
  return { name, state: 'missing', text: `${ffmpeg.text} cannot encode ${lacking.join(' and ')}`, mend };
}

function ofPostgres({ postgres }: Machine): Finding {
  const name = 'PostgreSQL';
  if (!('problem' in postgres)) return { name, state: 'ok', text: postgres.text };
  const mend = postgres.isOwnServer
    ? 'start the server that DATABASE_URL names, or unset DATABASE_URL to use the embedded one'
    : 'pnpm install --force, or set DATABASE_URL to a server of your own';
  return { name, state: 'missing', text: postgres.problem, mend };
}

function ofPackages(machine: Machine): Finding {
  const name = 'Native code';
  const lacking = Object.entries(machine.nativePackages).flatMap(([name, isThere]) =>
    isThere ? [] : [name],
  );
  if (lacking.length === 0) return { name, state: 'ok', text: 'all packages can be loaded' };
  const isNeeded = lacking.some((name) => !OPTIONAL_PACKAGES.includes(name));
  const install = 'pnpm rebuild && pnpm install --force';
  const mend = machine.hasCompiler ? install : `${line(machine, 'compiler')} && ${install}`;
  return {
    name,
    state: isNeeded ? 'missing' : 'note',
    text: `not to be loaded: ${lacking.join(', ')}`,
    mend,
  };
}

function ofFolders({ unwritable, isWsl, root }: Machine): Finding {
  const name = 'Folders';
  if (unwritable.length > 0) {
    const mend = `make them yours: sudo chown -R "$(id -un)" ${unwritable.join(' ')}`;
    return { name, state: 'missing', text: `cannot be written: ${unwritable.join(', ')}`, mend };
  }
  if (isWsl && root.startsWith('/mnt/')) {
    // Files there have no owner and no mode of their own, which PostgreSQL asks of its folder.
    const mend = 'clone the project below your home folder in Linux: cd ~ && git clone …';
    return { name, state: 'missing', text: `${root} lies on a drive of Windows`, mend };
  }
  return { name, state: 'ok', text: 'can be written' };
}

function ofDisk({ freeDiskBytes }: Machine): Finding {
  const name = 'Disk';
  const text = `${(freeDiskBytes / 1e9).toFixed(1)} GB free`;
  if (freeDiskBytes >= FREE_DISK_MINIMUM_BYTES) return { name, state: 'ok', text };
  return { name, state: 'missing', text, mend: 'make room for 2 GB' };
}

function ofSharedMemory({ sharedMemoryBytes }: Machine): Finding | undefined {
  if (sharedMemoryBytes === undefined) return undefined;
  const name = '/dev/shm';
  const text = `${(sharedMemoryBytes / 1e6).toFixed(0)} MB`;
  if (sharedMemoryBytes >= SHARED_MEMORY_MINIMUM_BYTES) return { name, state: 'ok', text };
  const mend = 'sudo mount -o remount,size=256m /dev/shm (a container: docker run --shm-size=256m …)';
  return { name, state: 'missing', text, mend };
}

function ofPort({ isPortTaken, canListen }: Machine): Finding {
  const name = 'Ports';
  if (!canListen) {
    const mend = 'allow programs to listen on 127.0.0.1 (a firewall or a sandbox forbids it)';
    return { name, state: 'missing', text: 'no port of 127.0.0.1 can be had', mend };
  }
  if (!isPortTaken) return { name, state: 'ok', text: `${API_PORT} is free` };
  return { name, state: 'note', text: `${API_PORT} is in use`, mend: `pnpm demo --port ${API_PORT + 1}` };
}

function ofGit(machine: Machine): Finding {
  if (machine.hasGit) return { name: 'git', state: 'ok', text: 'there' };
  return {
    name: 'git',
    state: 'note',
    text: 'not there; pnpm test --changed asks it',
    mend: line(machine, 'git'),
  };
}

function ofChromium(machine: Machine): Finding {
  const name = 'Chromium';
  if (machine.chromium !== undefined) return { name, state: 'ok', text: machine.chromium };
  return { name, state: 'note', text: 'not there; tests of pages need it', mend: line(machine, 'chromium') };
}

function ofPoseModel({ poseModelProblem }: Machine): Finding {
  const name = 'Pose model';
  if (poseModelProblem === undefined) return { name, state: 'ok', text: 'installed' };
  return {
    name,
    state: 'note',
    text: `${poseModelProblem} pnpm ingest then measures no poses of your clips`,
    mend: 'pnpm pose:add',
  };
}
