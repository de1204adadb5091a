import { median } from './median.ts';

export interface Contender {
  readonly name: string;
  /** One whole run, from nothing to its result. */
  readonly run: () => Promise<void>;
}

export interface CompareOptions {
  readonly title: string;
  readonly ours: Contender;
  readonly peer: Contender;
  readonly rounds: number;
  readonly say: (line: string) => void;
}

/** Runs both in turn, so that what disturbs one round disturbs both, and prints the ratio of the medians. */
export async function compare({ title, ours, peer, rounds, say }: CompareOptions): Promise<void> {
  const secondsOf = new Map<Contender, number[]>([
    [ours, []],
    [peer, []],
  ]);
  say(title);
  for (let round = 1; round <= rounds; round += 1) {
    for (const [contender, seconds] of secondsOf) {
      const start = process.hrtime.bigint();
      await contender.run();
      const taken = Number(process.hrtime.bigint() - start) / 1e9;
      seconds.push(taken);
      say(`  round ${round}  ${contender.name.padEnd(24)} ${taken.toFixed(2).padStart(7)} s`);
    }
  }
  const ratio = median(secondsOf.get(peer) ?? []) / median(secondsOf.get(ours) ?? []);
  say(`  ${ours.name} is ${ratio.toFixed(2)} times as fast as ${peer.name}`);
}
