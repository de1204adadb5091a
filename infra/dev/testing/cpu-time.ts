import { readFileSync } from 'node:fs';

/** proc(5): fields are counted in hundredths of a second, whatever the kernel's own clock. */
const TICKS_PER_SEC = 100;

/**
 * The processor time of a process and of all its descendants that have ended and were waited for, in seconds;
 * undefined where the system does not tell (it takes Linux).
 */
export function cpuSecOf(pid: number | 'self'): number | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  return parseCpuSec(stat);
}

/** Of a line of /proc/PID/stat, fields 14 to 17, counted behind the name, which may hold spaces and brackets. */
export function parseCpuSec(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SEC;
}

/**
 * Tells, whenever a child of this process has ended, what it and all that it waited for took of the processors, in seconds.
 * Two that end at the same moment are told as one.
 *
 * @returns undefined where the system does not tell
 */
export function watchEndedChildren(): () => number | undefined {
  let ownSec = usedSec();
  let totalSec = cpuSecOf('self');
  return () => {
    const [ownNowSec, totalNowSec] = [usedSec(), cpuSecOf('self')];
    if (totalSec === undefined || totalNowSec === undefined) return undefined;
    const childSec = totalNowSec - totalSec - (ownNowSec - ownSec);
    [ownSec, totalSec] = [ownNowSec, totalNowSec];
    return Math.max(0, childSec);
  };
}

/** By this process alone. */
function usedSec(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
