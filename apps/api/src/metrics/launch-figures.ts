import { Counter, Histogram, type Registry } from 'prom-client';
import type { Launched } from '../launch/launches-under-way.ts';
import type { Swept } from '../launch/recovery.ts';

export function makeLaunchFigures(registry: Registry) {
  const durations = new Histogram({
    name: 'bachata_launch_duration_seconds',
    help: 'Launches. On this machine, a whole rendering: finished, failed, interrupted; on Cloud Run, the submission: handed-over, postponed, failed. is_relaunch: true where the task was launched before',
    labelNames: ['outcome', 'is_relaunch'],
    buckets: [0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600],
    registers: [registry],
  });
  const sweeps = new Counter({
    name: 'bachata_sweeps_total',
    help: 'Looks for tasks that nobody works on any more. outcome: done, elsewhere (another process was at it), unwatched (after an outage nobody is judged by his silence), failed',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const sweptTasks = new Counter({
    name: 'bachata_swept_tasks_total',
    help: 'What such looks did with tasks. end: relaunched, failed (after the last launch), abandoned (failed, as their planner is gone), overdue (failed, as they waited too long in the queue), waits (their execution is still being started)',
    labelNames: ['end'],
    registers: [registry],
  });
  return {
    countLaunch: ({ outcome, launch, durationMs }: Launched): void =>
      durations.observe({ outcome: outcome.kind, is_relaunch: String(launch > 1) }, durationMs / 1_000),
    countSweep: (swept: Swept | Error): void => {
      sweeps.inc({ outcome: outcomeOf(swept) });
      if (typeof swept === 'string' || swept instanceof Error) return;
      for (const [end, count] of Object.entries(swept)) sweptTasks.inc({ end }, count);
    },
  };
}

function outcomeOf(swept: Swept | Error): string {
  if (typeof swept === 'string') return swept;
  return swept instanceof Error ? 'failed' : 'done';
}
