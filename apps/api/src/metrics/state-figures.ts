import type { PoolFigures, TaskFigures } from '@bachata-buddy/database';
import { Gauge, type Registry } from 'prom-client';

/** The service at the moment somebody asks. */
export interface ServiceState {
  /** Null where the database did not answer. */
  readonly tasks: TaskFigures | null;
  readonly pool: PoolFigures;
  readonly openStreamCount: number;
}

/** Figures that are as the last state has them; what it does not know is not shown. */
export function makeStateFigures(registry: Registry): (state: ServiceState) => void {
  const showTasks = makeTaskFigures(registry);
  const gauge = gaugesOf(registry);
  const reachable = gauge(
    'bachata_database_reachable',
    'Whether the database answered this very request: 1, else 0, and then no figure of tasks is shown',
  );
  const connections = gauge('bachata_database_connections', 'Open connections. state: in_use, idle', [
    'state',
  ]);
  const waiting = gauge('bachata_database_queries_waiting', 'Queries that wait for a connection');
  const streams = gauge('bachata_event_streams_open', 'Streams of task events that clients hold open');
  return ({ tasks, pool, openStreamCount }) => {
    reachable.set(tasks === null ? 0 : 1);
    showTasks(tasks);
    connections.set({ state: 'in_use' }, pool.inUse);
    connections.set({ state: 'idle' }, pool.idle);
    waiting.set(pool.waiting);
    streams.set(openStreamCount);
  };
}

function makeTaskFigures(registry: Registry): (tasks: TaskFigures | null) => void {
  const gauge = gaugesOf(registry);
  const counts = gauge(
    'bachata_tasks',
    'Tasks of all instances: open ones of any age, ended ones that were made in the last 24 hours. status: pending, started, running, completed, failed',
    ['status'],
  );
  const oldest = gauge(
    'bachata_oldest_open_task_seconds',
    'Age of the oldest task that has not ended; 0 where all have',
  );
  const retried = gauge(
    'bachata_tasks_retried',
    'Of those tasks, how many a job had to begin more than once',
  );
  const completion = gauge(
    'bachata_task_completion_seconds',
    'Of those tasks, from being made to the finished video. quantile: 0.5, 0.95; absent where none was completed',
    ['quantile'],
  );
  const queue = gauge('bachata_launch_queue_length', 'Launches that wait for a place, or for their next try');
  return (tasks) => {
    for (const each of [oldest, retried, queue]) each.remove();
    for (const each of [counts, completion]) each.reset();
    if (tasks === null) return;
    for (const [status, count] of Object.entries(tasks.countOf)) counts.set({ status }, count);
    oldest.set(tasks.oldestOpenSec);
    retried.set(tasks.retriedCount);
    queue.set(tasks.queuedCount);
    if (tasks.completionSec === null) return;
    completion.set({ quantile: '0.5' }, tasks.completionSec.median);
    completion.set({ quantile: '0.95' }, tasks.completionSec.p95);
  };
}

function gaugesOf(registry: Registry) {
  return (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
}
