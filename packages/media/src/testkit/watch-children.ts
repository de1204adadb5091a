import { readFileSync } from 'node:fs';

/** The most memory that children of this process held, in bytes; 0 where no child was seen (or this is not Linux). */
export interface ChildrenWatch {
  end(): number;
}

const EVERY_MS = 5;
/**
 * What the main thread, which starts all, has started and not waited for yet (proc(5)): to look through all processes of the
 * machine takes longer than a look may be apart.
 */
const CHILDREN = `/proc/self/task/${process.pid}/children`;

/** Looks at the children of this process, again and again; the kernel keeps each one's peak. */
export function watchChildren(): ChildrenWatch {
  if (process.platform !== 'linux') return { end: () => 0 };
  let most = 0;
  const look = (): void => {
    const children = readFileSync(CHILDREN, 'latin1').split(' ').filter(Boolean);
    for (const pid of children) most = Math.max(most, peakOf(pid));
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    end: () => {
      clearInterval(timer);
      return most;
    },
  };
}

/** In bytes; 0 where it has ended meanwhile. */
function peakOf(pid: string): number {
  try {
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
