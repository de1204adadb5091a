import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../support/random.ts';
import { until } from '../support/wait-until.ts';
import type { CloudScene } from './cloud-scene.ts';
import type { GateName, installGates } from './database-gates.ts';
import { AUDIT_CHANNEL } from './task-audit.ts';

/** Longest pause of a kill that nothing but the clock decides: planning and launching take less. */
const LONGEST_PAUSE_MS = 1_500;
/** The platform takes so long to begin with a call whose caller is to die before it is carried out. */
const CALL_DELAY_MS = 1_000;

export interface KillPointContext {
  readonly scene: CloudScene;
  readonly gates: Awaited<ReturnType<typeof installGates>>;
  readonly random: Random;
}

/** A moment between a request for a choreography and what a platform's answer leaves behind. */
export interface ArmedPoint {
  /** Resolves as soon as an API is there, and where that is possible holds it there. */
  readonly reached: Promise<unknown>;
  /** To be called when the API is dead. */
  release(): Promise<void>;
}

type Arm = (context: KillPointContext) => Promise<ArmedPoint>;

export const KILL_POINTS = {
  'a task being written': (context) => atGate(context, 'a task being written'),
  'a task written': (context) => atNotice(context, 'task pending'),
  'a blueprint being stored': (context) => atGate(context, 'a blueprint being stored'),
  'a blueprint and an order stored': (context) => atNotice(context, 'order queued'),
  'an order being taken': (context) => atGate(context, 'an order being taken'),
  'an order taken': (context) => atNotice(context, 'order launched'),
  'a call received': async ({ scene }) => {
    const { server } = scene.platform;
    const runs = (): number => server.calls.filter(({ method }) => method === 'RunJob').length;
    const before = runs();
    server.fail({ method: 'RunJob', fault: { delayMs: CALL_DELAY_MS } });
    return armed(
      until('the call', () => runs() > before),
      async () => server.clearFaults(),
    );
  },
  'a call carried out and not answered': async ({ scene }) => {
    const { server } = scene.platform;
    const before = server.executions.length;
    server.fail({ method: 'RunJob', fault: { kind: 'silent' } });
    return armed(
      until('the execution', () => server.executions.length > before),
      async () => server.clearFaults(),
    );
  },
  'a hand-over being noted': (context) => atGate(context, 'a hand-over being noted'),
  'any moment': async ({ random }) => armed(sleep(random() * LONGEST_PAUSE_MS), async () => {}),
} as const satisfies Readonly<Record<string, Arm>>;

export type KillPointName = keyof typeof KILL_POINTS;

function armed(reached: Promise<unknown>, release: () => Promise<void>): ArmedPoint {
  return { reached, release };
}

/** What was asked for at the gate is carried out after the death of who asked, or lost with the connection: both happen. */
async function atGate({ gates, random }: KillPointContext, name: GateName): Promise<ArmedPoint> {
  const gate = await gates.close(name);
  return armed(
    until(name, () => gate.isReached()),
    () => gate.open(random() < 0.5),
  );
}

/** As soon as the database says that it has happened. */
async function atNotice({ scene }: KillPointContext, notice: string): Promise<ArmedPoint> {
  const client = await scene.db.pool.connect();
  await client.query(`listen ${AUDIT_CHANNEL}`);
  let isHeard = false;
  client.on('notification', ({ payload }) => {
    if (payload === notice) isHeard = true;
  });
  return armed(
    until(notice, () => isHeard, { pollMs: 1 }),
    async () => client.release(true),
  );
}
