import { setImmediate as nextTurn } from 'node:timers/promises';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';
import pLimit from 'p-limit';

/** With argon2 and a hundred tries in a quarter of an hour at one name, nobody guesses further. */
const LEAST_GUESSES = 1_000_000;
/** The beginning decides: a password whose first part holds is strong, and the time it takes grows fast with length. */
const MOST_CHARACTERS = 32;
/** Ways to undo `p@ssw0rd`: each is a search of its own. */
const MOST_SUBSTITUTIONS = 4;

/** Some milliseconds each, on the thread that answers everybody: who comes in a crowd waits, and lets others in between. */
const inTurn = pLimit(1);

let estimator: ZxcvbnFactory | undefined;

/**
 * Whether a password would be found within a million guesses of somebody who knows lists, names, keyboards and dates
 * (zxcvbn, Wheeler 2016).
 */
export function isEasilyGuessed(password: string): Promise<boolean> {
  return inTurn(async () => {
    await nextTurn();
    return estimate(password) < LEAST_GUESSES;
  });
}

function estimate(password: string): number {
  // Made when first wanted: its tables take a quarter of a second.
  estimator ??= new ZxcvbnFactory({
    dictionary: { ...common, ...english },
    graphs: adjacencyGraphs,
    l33tMaxSubstitutions: MOST_SUBSTITUTIONS,
    maxLength: MOST_CHARACTERS,
  });
  const beginning = [...password].slice(0, MOST_CHARACTERS).join('');
  return estimator.check(beginning).guesses;
}
