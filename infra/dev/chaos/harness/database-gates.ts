import type { Database } from '@bachata-buddy/database';

/** First half of the gates' advisory locks; of all users of such locks in the database, theirs alone. */
const LOCK_CLASS = 727_100;

/** Places inside statements of the API at which it can be held up, by the number of their lock. */
const GATES = {
  'a task being written': 1,
  'a blueprint being stored': 2,
  'an order being taken': 3,
  'a hand-over being noted': 4,
} as const;

export type GateName = keyof typeof GATES;

const INSTALL = `
create function wait_at_gate() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(${LOCK_CLASS}, tg_argv[0]::int);
  return new;
end $$;
create trigger gate_1 before insert on choreography_tasks for each row execute function wait_at_gate('1');
create trigger gate_2 before insert on blueprints for each row execute function wait_at_gate('2');
create trigger gate_3 before update on launch_orders for each row
  when (old.state = 'queued' and new.state = 'launched') execute function wait_at_gate('3');
create trigger gate_4 before update on launch_orders for each row
  when (new.execution_name is distinct from old.execution_name and new.execution_name is not null)
  execute function wait_at_gate('4');`;

export interface ClosedGate {
  /** Does anybody stand before it? */
  isReached(): Promise<boolean>;
  /**
   * Lets everybody through: what a process that died before the gate had asked for is carried out all the same.
   *
   * @param isConnectionLost they are sent away instead: nothing of it is carried out
   */
  open(isConnectionLost: boolean): Promise<void>;
}

/** Gates in the database, all open. */
export async function installGates(db: Database): Promise<{ close(name: GateName): Promise<ClosedGate> }> {
  await db.pool.query(INSTALL);
  return { close: (name) => closeGate(db, GATES[name]) };
}

async function closeGate({ pool }: Database, number: number): Promise<ClosedGate> {
  const waiting = `select pid from pg_locks where locktype = 'advisory' and not granted
    and classid = ${LOCK_CLASS} and objid = ${number}
    and database = (select oid from pg_database where datname = current_database())`;
  const keeper = await pool.connect();
  await keeper.query('select pg_advisory_lock($1, $2)', [LOCK_CLASS, number]);
  return {
    async isReached() {
      const { rowCount } = await pool.query(waiting);
      return (rowCount ?? 0) > 0;
    },
    async open(isConnectionLost) {
      if (isConnectionLost) await pool.query(`select pg_terminate_backend(pid) from (${waiting}) as waiters`);
      await keeper.query('select pg_advisory_unlock($1, $2)', [LOCK_CLASS, number]);
      keeper.release();
    },
  };
}
