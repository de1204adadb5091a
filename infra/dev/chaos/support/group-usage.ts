import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFfmpeg, processesOfGroup } from './processes.ts';

const EVERY_MS = 200;
/** Access mode of an open file in /proc/PID/fdinfo, octal (open(2)): the last digit is 0 for reading alone. */
const READ_ONLY = '0';

export interface GroupUsage {
  /** Of all processes of the group together, in RAM; pages that they share count for each. */
  readonly peakResidentBytes: number;
  /** The greatest part of it that was Node's. */
  readonly peakNodeBytes: number;
  /** Of what lay in the folder for temporary files. */
  readonly peakTempBytes: number;
  /** Of both at the same moment: where the folder is in memory, as in a container without a volume, this counts. */
  readonly peakTogetherBytes: number;
  readonly mostFfmpegs: number;
  /** Files that were open for writing and lay elsewhere. */
  readonly strayFiles: readonly string[];
  readonly samples: number;
}

/** Looks at a process group five times a second until it is told that the group has ended. */
export async function watchGroup(
  groupId: number,
  tempDirectory: string,
  ended: Promise<unknown>,
): Promise<GroupUsage> {
  const peak = { resident: 0, node: 0, temp: 0, together: 0, ffmpegs: 0, samples: 0 };
  const strayFiles = new Set<string>();
  let hasEnded = false;
  void ended.finally(() => {
    hasEnded = true;
  });
  while (!hasEnded) {
    const processes = await processesOfGroup(groupId);
    const sum = (facts: typeof processes): number =>
      facts.reduce((total, { residentKb }) => total + residentKb * 1_024, 0);
    const resident = sum(processes);
    const temp = await sizeOfFolder(tempDirectory);
    peak.resident = Math.max(peak.resident, resident);
    peak.node = Math.max(peak.node, sum(processes.filter((facts) => !isFfmpeg(facts))));
    peak.temp = Math.max(peak.temp, temp);
    peak.together = Math.max(peak.together, resident + temp);
    peak.ffmpegs = Math.max(peak.ffmpegs, processes.filter(isFfmpeg).length);
    peak.samples += 1;
    for (const { pid } of processes) {
      for (const path of await filesWrittenBy(pid)) if (!path.startsWith(tempDirectory)) strayFiles.add(path);
    }
    await sleep(EVERY_MS);
  }
  return {
    peakResidentBytes: peak.resident,
    peakNodeBytes: peak.node,
    peakTempBytes: peak.temp,
    peakTogetherBytes: peak.together,
    mostFfmpegs: peak.ffmpegs,
    strayFiles: [...strayFiles],
    samples: peak.samples,
  };
}

/** Files, in the sense of a file system, that a process holds open for writing. */
async function filesWrittenBy(pid: number): Promise<string[]> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch((): string[] => []);
  const found = await Promise.all(
    descriptors.map(async (descriptor) => {
      const target = await targetOf(pid, descriptor);
      if (!target.startsWith('/') || target.startsWith('/dev/')) return [];
      const info = await readFile(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8').catch(() => '');
      const flags = /^flags:\s+(\d+)/m.exec(info)?.[1] ?? READ_ONLY;
      // The number may be another file's by then, and the flags as well.
      const isSame = (await targetOf(pid, descriptor)) === target;
      return flags.endsWith(READ_ONLY) || !isSame ? [] : [target];
    }),
  );
  return found.flat();
}

/** Empty where it is closed. */
function targetOf(pid: number, descriptor: string): Promise<string> {
  return readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
}

async function sizeOfFolder(directory: string): Promise<number> {
  const files = await readdir(directory, { recursive: true }).catch((): string[] => []);
  const sizes = await Promise.all(
    files.map((file) =>
      stat(join(directory, file)).then(
        (facts) => (facts.isFile() ? facts.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((total, size) => total + size, 0);
}
