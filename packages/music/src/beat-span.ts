import type { OnsetStrength } from './onset-strength.ts';
import { median } from './statistics.ts';

/** A beat at the edge of the song sounds where its attack reaches this share of the median beat's. */
const SOUNDING_SHARE = 0.08;
/** A beat is added before or after the path only where something is clearly played on it. */
const ADDED_SHARE = 0.3;
/** An added beat's attack is looked for within this share of a beat. */
const ADDED_SEARCH_SHARE = 0.1;

/**
 * Let the beats begin and end with the music: drop beats in the silence around it, add those the path left out.
 *
 * Silent beats between sounding ones (a break) are kept: the pulse goes on there.
 *
 * @param beatsSec Beat times in seconds, rising.
 * @returns Beat times from the first to the last sounding beat; empty where fewer than two sound.
 */
export function spanSoundingBeats(onsets: OnsetStrength, beatsSec: readonly number[]): readonly number[] {
  const strengths = beatsSec.map((beatSec) => attackStrength(onsets, beatSec));
  const usual = median(strengths);
  const sounds = (strength: number) => strength > 0 && strength >= SOUNDING_SHARE * usual;
  const first = strengths.findIndex(sounds);
  const last = strengths.findLastIndex(sounds);
  if (first < 0 || last - first < 1) return [];
  const kept = beatsSec.slice(first, last + 1);
  const before = continueBeats(onsets, kept, -1, ADDED_SHARE * usual);
  const after = continueBeats(onsets, kept, 1, ADDED_SHARE * usual);
  return [...before.reverse(), ...kept, ...after];
}

function continueBeats(
  onsets: OnsetStrength,
  kept: readonly number[],
  direction: 1 | -1,
  least: number,
): number[] {
  const edge = direction < 0 ? kept.slice(0, 9) : kept.slice(-9);
  let periodSec = (edge.at(-1)! - edge[0]!) / (edge.length - 1);
  let timeSec = direction < 0 ? kept[0]! : kept.at(-1)!;
  const added: number[] = [];
  let sounding = 0;
  // One beat in between may be missing (the rest on 2); what follows the last sounding one is cut off again.
  for (let silent = 0; silent < 2; ) {
    const expected = timeSec + direction * periodSec;
    // Half a frame before the first sample is still that sample's attack.
    if (expected < -0.5 / onsets.frameRateHz || expected >= onsets.frameCount / onsets.frameRateHz) break;
    const { strength, atSec } = strongestNear(onsets, Math.max(0, expected), ADDED_SEARCH_SHARE * periodSec);
    const isSounding = strength >= least;
    // Half of the deviation is taken over: the tempo may drift on, a single stray attack must not bend it.
    const next = isSounding ? (expected + atSec) / 2 : expected;
    periodSec += 0.25 * (Math.abs(next - timeSec) - periodSec);
    timeSec = Math.max(0, next);
    added.push(timeSec);
    silent = isSounding ? 0 : silent + 1;
    if (isSounding) sounding = added.length;
    if (timeSec === 0) break;
  }
  return added.slice(0, sounding);
}

function strongestNear(
  onsets: OnsetStrength,
  timeSec: number,
  reachSec: number,
): { strength: number; atSec: number } {
  const best = { strength: 0, atSec: timeSec };
  const reach = Math.round(reachSec * onsets.frameRateHz);
  const centre = Math.round(timeSec * onsets.frameRateHz);
  for (
    let frame = Math.max(0, centre - reach);
    frame <= Math.min(onsets.frameCount - 1, centre + reach);
    frame++
  ) {
    let strength = 0;
    for (const band of onsets.raw) strength += band[frame]!;
    if (strength > best.strength) Object.assign(best, { strength, atSec: frame / onsets.frameRateHz });
  }
  return best;
}

/** How strongly something begins within 23 ms of a time: raw onset strength, all bands together, >= 0. */
function attackStrength(onsets: OnsetStrength, timeSec: number): number {
  return strongestNear(onsets, timeSec, 2 / onsets.frameRateHz).strength;
}
