import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';

/** With argon2 and a hundred tries in a quarter of an hour at one name, nobody guesses further. */
const LEAST_GUESSES = 1_000_000;
/** The beginning decides: a password whose first part holds is strong, and the time it takes grows fast with length. */
const MOST_CHARACTERS = 32;
/** Ways to undo `p@ssw0rd`: each is a search of its own. */
const MOST_SUBSTITUTIONS = 4;

let estimator: ZxcvbnFactory | undefined;

/**
 * Whether a password would be found within a million guesses of somebody who knows lists, names, keyboards and dates
 * (zxcvbn, Wheeler 2016).
 */
export function isEasilyGuessed(password: string): boolean {
  // Made when first wanted: its tables take a quarter of a second.
  estimator ??= new ZxcvbnFactory({
    dictionary: { ...common, ...english },
    graphs: adjacencyGraphs,
    l33tMaxSubstitutions: MOST_SUBSTITUTIONS,
    maxLength: MOST_CHARACTERS,
  });
  const beginning = [...password].slice(0, MOST_CHARACTERS).join('');
  return estimator.check(beginning).guesses < LEAST_GUESSES;
}
