import { readdirSync, readFileSync } from 'node:fs';

/** The most memory that children of this process held, in bytes; 0 where no child was seen (or this is not Linux). */
export interface ChildrenWatch {
  end(): number;
}

/** Looks at the children of this process, again and again; the kernel keeps each one's peak. */
export function watchChildren(): ChildrenWatch {
  if (process.platform !== 'linux') return { end: () => 0 };
  let most = 0;
  const look = (): void => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'latin1');
        if (!status.includes(`\nPPid:\t${process.pid}\n`)) continue;
        most = Math.max(most, 1024 * Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
      } catch {
        // It has ended meanwhile.
      }
    }
  };
  const timer = setInterval(look, 5);
  return {
    end: () => {
      clearInterval(timer);
      return most;
    },
  };
}
