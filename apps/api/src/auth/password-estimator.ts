import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';

/** The beginning decides: a password whose first part holds is strong, and the time it takes grows fast with length. */
const MOST_CHARACTERS = 32;
/** Ways to undo `p@ssw0rd`: each is a search of its own. */
const MOST_SUBSTITUTIONS = 4;

/** Its lists take a third of a service's start, its tables a quarter of a second: to be loaded when first wanted. */
const estimator = new ZxcvbnFactory({
  dictionary: { ...common, ...english },
  graphs: adjacencyGraphs,
  l33tMaxSubstitutions: MOST_SUBSTITUTIONS,
  maxLength: MOST_CHARACTERS,
});

/** In how many guesses a password would be found. */
export function estimateGuesses(password: string): number {
  const beginning = [...password].slice(0, MOST_CHARACTERS).join('');
  return estimator.check(beginning).guesses;
}
