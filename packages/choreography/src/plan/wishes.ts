import type { ChoreographyRequest } from '../choreography-request.ts';
import type { Move } from '../move.ts';
import { directionsNamedIn } from '../query/directions.ts';
import type { HowOften } from '../query/how-often.ts';
import { isWanted, type SaidWish } from '../query/move-wishes.ts';
import { readSaidMoves } from '../query/said-moves.ts';
import { foldedWords, foldText } from '../query/tokens.ts';
import { levelsAbove } from './levels-above.ts';
import { familyOf, makeWishMatcher } from './move-family.ts';
import { remembered } from './remembered.ts';

/** One move that is to come, or of which no more than so many may, as the search judges it. */
export interface MoveWish extends Omit<SaidWish, 'name' | 'qualifier'> {
  /** As people say it: "right turn". */
  readonly said: string;
  readonly isMetBy: (move: Move) => boolean;
  /** Whether a move is just what was said; `isMetBy` is content with another direction where there is none of it. */
  readonly isMeant: (move: Move) => boolean;
}

/** A request's wishes as the planner uses them. */
export interface Wishes {
  /** In the order said; of a set order in that order. */
  readonly moves: readonly MoveWish[];
  /** Of what may come, but need not, and at most so often. */
  readonly limits: readonly MoveWish[];
  /** Whether a wish says of a move that no more than so many may come; null where none says so of any. */
  readonly isLimited: ((move: Move) => boolean) | null;
  readonly requestedNames: readonly string[];
  /** As people say them: "dip". */
  readonly refusedNames: readonly string[];
  readonly isRequested: (move: Move) => boolean;
  /** Refused by name or family, or because only others were asked for. */
  readonly isRefused: (move: Move) => boolean;
  readonly wantsSmoothTransitions: boolean;
  readonly wantsSimpleSteps: boolean;
}

const SMOOTH = /\b(smooth|fluid|seamless|suave|flowing)/;
const SIMPLE = /\b(simple|easy|basic|sencill|facil)/;

/**
 * A request's wishes as moves of the library meet them; refused beats requested.
 *
 * @param library all its moves: "right turn" means turns to the right only where there are any
 */
export function readWishes(request: ChoreographyRequest, library: readonly Move[]): Wishes {
  const said = request.moves ?? readSaidMoves(request);
  const wanted = said.wanted.filter(isWanted);
  const limited = said.wanted.filter((wish) => !isWanted(wish));
  const requestedNames = [...new Set(wanted.map(({ name }) => name))];
  const namedNames = [...new Set(said.wanted.map(({ name }) => name))];
  const refusedNames = [...new Set(said.refused)];
  const isNamedRefused = makeRefusal(withImplied(refusedNames, namedNames));
  // What else the sentence speaks of is no exception to it.
  const only = said.only.length > 0 ? [...said.only, ...namedNames] : [];
  const isOfThoseOnly = only.length > 0 ? makeWishMatcher(withImplied(only, refusedNames)) : null;
  const isRefused = remembered((move) => isNamedRefused(move) || isOfThoseOnly?.(move) === false);
  const isNamed = makeWishMatcher(withImplied(requestedNames, refusedNames));
  const requirements = request.specialRequirements.map(foldText);
  const positive = requirements.filter((text) => !/^(no|not|without|sin)\b/.test(text));
  const usable = library.filter((move) => !isRefused(move) && levelsAbove(move, request) <= 0);
  const asJudged = (wish: SaidWish) => moveWish(wish, [...refusedNames, ...namedNames], usable);
  const moves = wanted.map(asJudged);
  const limits = limited.map(asJudged);
  const bounded = [...moves, ...limits].filter((wish) => mostOf(wish) < Number.POSITIVE_INFINITY);
  return {
    moves,
    limits,
    isLimited:
      bounded.length === 0 ? null : remembered((move) => bounded.some(({ isMetBy }) => isMetBy(move))),
    requestedNames,
    refusedNames,
    isRequested: remembered((move) => isNamed(move) && !isRefused(move)),
    isRefused,
    wantsSmoothTransitions: positive.some((text) => SMOOTH.test(text)),
    wantsSimpleSteps: positive.some((text) => SIMPLE.test(text)),
  };
}

/** How often a move may come; without end where nothing is said of it. */
export function mostOf({ often, isExact, most = Number.POSITIVE_INFINITY }: HowOften): number {
  if (!isExact || often === 'many') return most;
  return Math.min(most, often === 'some' ? 1 : often);
}

/** @param named what is refused, and all that is wished for: who names spins does not mean them by turns */
function moveWish(
  { name, qualifier, order, ...wish }: SaidWish,
  named: readonly string[],
  usable: readonly Move[],
): MoveWish {
  const isOfFamily = makeWishMatcher(withImplied([name], named));
  const isMeant =
    qualifier === null
      ? isOfFamily
      : remembered((move) => isOfFamily(move) && directionsOf(move).has(qualifier));
  const isMetBy = isWanted(wish) ? nearestOf(isMeant, isOfFamily, usable) : isMeant;
  // What cannot come holds up nothing that was to come after it.
  const isPossible = usable.some(isMetBy);
  const said = [qualifier, name.replaceAll('_', ' ')].filter((word) => word !== null).join(' ');
  return { ...wish, order: isPossible ? order : null, said, isMetBy, isMeant };
}

const directionsOf = remembered(({ name, moveId, label }) => directionsNamedIn(`${name} ${moveId} ${label}`));

/** What is meant; where there is none of it, rather a move that tells no direction than one of another. */
function nearestOf(
  isMeant: (move: Move) => boolean,
  isOfFamily: (move: Move) => boolean,
  usable: readonly Move[],
): (move: Move) => boolean {
  const isOfNone = remembered((move) => isOfFamily(move) && directionsOf(move).size === 0);
  return [isMeant, isOfNone].find((isIt) => usable.some(isIt)) ?? isOfFamily;
}

/** Shorter names stand in too many words. */
const LEAST_NAME_LENGTH = 3;

/** An inside turn is no side step. */
const IN_OR_OUT = /inside|outside/g;

/**
 * What must not come is found generously: by family and name as wishes are, and wherever a label or a word of a name
 * contains what the family is called ("sidedip3" is a dip). Who refuses a move may not be able to dance it.
 */
function makeRefusal(names: readonly string[]): (move: Move) => boolean {
  const isNamed = makeWishMatcher(names);
  const parts = names
    .map((name) => familyOf(name).replaceAll('_', ''))
    .filter((part) => part.length >= LEAST_NAME_LENGTH);
  return (move) => {
    if (isNamed(move)) return true;
    const texts = [foldText(move.label).replaceAll('_', ''), ...foldedWords(move.name)];
    return parts.some((part) => texts.some((text) => text.replace(IN_OR_OUT, '').includes(part)));
  };
}

/** Who asks for turns, or wants none, means spins too, unless spins are named for the opposite. */
function withImplied(names: readonly string[], opposite: readonly string[]): string[] {
  const meansSpins = names.map(familyOf).includes('turn') && !opposite.map(familyOf).includes('spin');
  return meansSpins ? [...names, 'spin'] : [...names];
}
