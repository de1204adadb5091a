import type { Database } from '@bachata-buddy/database';
import type { TaskChange, TaskHistory } from './task-histories.ts';

/** Every change is also said on this channel, as `KIND STATUS`: `task pending`, `order launched`. */
export const AUDIT_CHANNEL = 'task_audit';

const INSTALL = `
create table task_audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  task_id text not null,
  status text,
  attempt integer
);
create function audit_task() returns trigger language plpgsql as $$
begin
  insert into task_audit (task_id, status, attempt) values (new.task_id, new.status, new.attempt);
  if tg_op = 'INSERT' or new.status <> old.status then
    perform pg_notify('${AUDIT_CHANNEL}', 'task ' || new.status);
  end if;
  return null;
end $$;
create function audit_order() returns trigger language plpgsql as $$
begin
  insert into task_audit (task_id) values (new.task_id);
  if tg_op = 'INSERT' or new.state <> old.state then
    perform pg_notify('${AUDIT_CHANNEL}', 'order ' || new.state);
  end if;
  return null;
end $$;
create trigger audit_task after insert or update on choreography_tasks for each row execute function audit_task();
create trigger audit_order after insert or update on launch_orders for each row execute function audit_order();`;

/** What the database itself saw of its tasks: a witness that no program can talk to. */
export interface TaskAudit {
  /** Of all tasks there ever were. */
  histories(): Promise<TaskHistory[]>;
  /** Tasks that have not ended. */
  countOpen(): Promise<number>;
  /** Tasks by status, `3 completed, 1 running`, for people. */
  describe(): Promise<string>;
}

/** Has the database write down every change of a task and of its launch order from now on. */
export async function installTaskAudit({ pool }: Database): Promise<TaskAudit> {
  await pool.query(INSTALL);
  return {
    async histories() {
      const { rows } = await pool.query<{
        task_id: string;
        at: Date;
        status: string | null;
        attempt: number | null;
      }>('select task_id, at, status, attempt from task_audit order by id');
      const changes = new Map<string, TaskChange[]>();
      for (const { task_id: taskId, at, status, attempt } of rows) {
        const known = changes.get(taskId) ?? [];
        changes.set(taskId, [...known, { atMs: at.getTime(), status, attempt }]);
      }
      return [...changes].map(([taskId, ofTask]) => ({ taskId, changes: ofTask }));
    },
    async countOpen() {
      const { rows } = await pool.query<{ count: number }>(
        `select count(*)::int as count from choreography_tasks where status not in ('completed', 'failed')`,
      );
      return rows[0]?.count ?? 0;
    },
    async describe() {
      const { rows } = await pool.query<{ text: string }>(
        `select string_agg(count || ' ' || status, ', ' order by status) as text
         from (select status, count(*) from choreography_tasks group by status) counted`,
      );
      return rows[0]?.text ?? 'no tasks';
    },
  };
}
