import type { ChoreographyRequest } from '../choreography-request.ts';
import type { Move } from '../move.ts';
import { findMeanings } from '../query/find-meanings.ts';
import { foldText, tokenize } from '../query/tokens.ts';
import { familyOf, makeWishMatcher } from './move-family.ts';

/** A request's wishes as the planner uses them. */
export interface Wishes {
  readonly requestedNames: readonly string[];
  readonly isRequested: (move: Move) => boolean;
  readonly isRefused: (move: Move) => boolean;
  /** "lots of turns": the requested moves should come again and again, not once. */
  readonly wantsMany: boolean;
  readonly wantsSmoothTransitions: boolean;
  readonly wantsSimpleSteps: boolean;
}

const MANY = /\b(lots?|plenty|many|more|loads|tons|full of|much[ao]s|mas)\b/;
const SMOOTH = /\b(smooth|fluid|seamless|suave|flowing)/;
const SIMPLE = /\b(simple|easy|basic|sencill|facil)/;

/** Reads the wishes from the request's lists and from the moves its free wishes name; refused beats requested. */
export function readWishes(request: ChoreographyRequest): Wishes {
  const requirements = request.specialRequirements.map(foldText);
  const said = requirements
    .flatMap((text) => findMeanings(tokenize(text)))
    .filter((hit) => hit.meaning.kind === 'move')
    .map((hit) => ({ name: String(hit.meaning.value), isRefused: hit.negation !== 'no' }));
  const namesSaid = (isRefused: boolean) =>
    said.filter((one) => one.isRefused === isRefused).map(({ name }) => name);
  const requestedNames = [...new Set([...(request.requestedMoves ?? []), ...namesSaid(false)])];
  const refusedNames = [...(request.refusedMoves ?? []), ...namesSaid(true)];
  const isRefused = makeWishMatcher(withImplied(refusedNames, requestedNames));
  const isNamed = makeWishMatcher(withImplied(requestedNames, refusedNames));
  const positive = requirements.filter((text) => !/^(no|not|without|sin)\b/.test(text));
  return {
    requestedNames,
    isRequested: (move) => isNamed(move) && !isRefused(move),
    isRefused,
    wantsMany: requestedNames.length > 0 && positive.some((text) => MANY.test(text)),
    wantsSmoothTransitions: positive.some((text) => SMOOTH.test(text)),
    wantsSimpleSteps: positive.some((text) => SIMPLE.test(text)),
  };
}

/** Who asks for turns, or wants none, means spins too, unless spins are named for the opposite. */
function withImplied(names: readonly string[], opposite: readonly string[]): string[] {
  const meansSpins = names.map(familyOf).includes('turn') && !opposite.map(familyOf).includes('spin');
  return meansSpins ? [...names, 'spin'] : [...names];
}
