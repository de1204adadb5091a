import type { Mix } from './plan-pieces.ts';

/** Mixes of one kind that one ffmpeg makes, one behind the other. */
export interface MixBatch {
  readonly kind: Mix['kind'];
  readonly mixes: readonly Mix[];
  readonly slotCount: number;
}

/**
 * Pictures a process: enough that its start costs little beside its work, few enough that several share the cores and
 * that its list of keyframes stays a short argument.
 */
const MAX_SLOTS = 900;

/** Groups mixes by kind, in batches of bounded length. */
export function batchMixes(mixes: readonly Mix[]): MixBatch[] {
  const batches: { kind: Mix['kind']; mixes: Mix[]; slotCount: number }[] = [];
  const open = new Map<Mix['kind'], (typeof batches)[number]>();
  for (const mix of mixes) {
    const slots = mix.from.frames.length;
    let batch = open.get(mix.kind);
    if (batch === undefined || batch.slotCount + slots > MAX_SLOTS) {
      batch = { kind: mix.kind, mixes: [], slotCount: 0 };
      batches.push(batch);
      open.set(mix.kind, batch);
    }
    batch.mixes.push(mix);
    batch.slotCount += slots;
  }
  return batches;
}
