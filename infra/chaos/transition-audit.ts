import type { Database } from '@bachata-buddy/database';

/** A change of a task's status or attempt, as the database itself saw it. */
export interface Transition {
  readonly taskId: string;
  readonly from: string;
  readonly to: string;
  readonly fromAttempt: number;
  readonly toAttempt: number;
}

const INSTALL = `
  create table chaos_transitions (
    id bigserial primary key, task_id text not null, from_status text not null, to_status text not null,
    from_attempt integer not null, to_attempt integer not null);
  create function chaos_note_transition() returns trigger language plpgsql as $$
  begin
    insert into chaos_transitions (task_id, from_status, to_status, from_attempt, to_attempt)
      values (new.task_id, old.status, new.status, old.attempt, new.attempt);
    return null;
  end $$;
  create trigger chaos_note_transition after update on choreography_tasks for each row
    when (old.status is distinct from new.status or old.attempt is distinct from new.attempt)
    execute function chaos_note_transition();`;

const ORDER = ['pending', 'started', 'running', 'completed', 'failed'];

/** Has the scenario's database write down, by a trigger of its own, how tasks change. */
export async function auditTransitions(db: Database): Promise<{ read(): Promise<Transition[]> }> {
  await db.pool.query(INSTALL);
  return {
    async read() {
      const { rows } = await db.pool.query<Transition>(`
        select task_id as "taskId", from_status as "from", to_status as "to",
          from_attempt as "fromAttempt", to_attempt as "toAttempt"
        from chaos_transitions order by id`);
      return rows;
    },
  };
}

/** What is wrong with the way the tasks went: only forward, one end each, no attempt taken back. */
export function transitionProblems(transitions: readonly Transition[]): string[] {
  return transitions
    .filter(
      ({ from, to, fromAttempt, toAttempt }) =>
        from === 'completed' ||
        from === 'failed' ||
        ORDER.indexOf(to) < ORDER.indexOf(from) ||
        toAttempt < fromAttempt,
    )
    .map((transition) => `a task went astray: ${JSON.stringify(transition)}`);
}
