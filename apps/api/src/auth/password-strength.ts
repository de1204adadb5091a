import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';

/** With argon2 and a hundred tries in a quarter of an hour at one name, nobody guesses further. */
const LEAST_GUESSES = 1_000_000;

/** Some milliseconds each, on the thread that answers everybody: who comes in a crowd waits, and lets others in between. */
const inTurn = pLimit(1);

/**
 * Whether a password would be found within a million guesses of somebody who knows lists, names, keyboards and dates
 * (zxcvbn, Wheeler 2016).
 */
export function isEasilyGuessed(password: string): Promise<boolean> {
  return inTurn(async () => {
    const { estimateGuesses } = await import('./password-estimator.ts');
    await nextTurn();
    return estimateGuesses(password) < LEAST_GUESSES;
  });
}
