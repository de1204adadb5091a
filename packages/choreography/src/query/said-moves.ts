import { MAX_WISHED_MOVES } from '@bachata-buddy/vocabulary';
import { familyOf } from '../plan/move-family.ts';
import { isWanted, readMoveWishes, type SaidMoves, type SaidWish } from './move-wishes.ts';

/** What is wished in words, and what was understood of it besides. */
export interface WishTexts {
  readonly query?: string | undefined;
  readonly specialRequirements: readonly string[];
  /** Move names or families. */
  readonly requestedMoves?: readonly string[] | null | undefined;
  readonly refusedMoves?: readonly string[] | null | undefined;
}

/**
 * All that is wished of moves: by the sentence, by free wishes that say more than it, by lists. What a list refuses is
 * not wanted, whatever the sentence seems to say; nor is what the sentence refuses, whatever was cut out of it.
 */
export function readSaidMoves(texts: WishTexts): SaidMoves {
  const { query, specialRequirements, requestedMoves, refusedMoves } = texts;
  const sentence = query === undefined ? null : readMoveWishes(query);
  const rest = specialRequirements.map(readMoveWishes);
  const refused = [...(refusedMoves ?? []), ...[sentence, ...rest].flatMap((said) => said?.refused ?? [])];
  const listed = new Set((refusedMoves ?? []).map(familyOf));
  const told = new Set([...(sentence?.wanted ?? []).map(({ name }) => name), ...refused].map(familyOf));
  const wanted = [
    ...(sentence?.wanted ?? []),
    ...rest.flatMap(({ wanted }) => wanted.filter(({ name }) => !told.has(familyOf(name)))),
  ].filter(({ name }) => !listed.has(familyOf(name)));
  return boundedMoves({
    wanted: [...wanted, ...unsaid(requestedMoves ?? [], wanted)],
    refused: [...new Set(refused)],
    only: [...(sentence?.only ?? []), ...rest.flatMap(({ only }) => only)],
  });
}

/** Of the wishes that were put together the first, as many as may be said at once; refusals all count. */
export function boundedMoves({ wanted, refused, only }: SaidMoves): SaidMoves {
  return { wanted: wanted.slice(0, MAX_WISHED_MOVES), refused, only: only.slice(0, MAX_WISHED_MOVES) };
}

/** Of moves that a sentence names those that are to come: not what may come at most so often. */
export function wantedAmong(names: readonly string[], { wanted }: SaidMoves): string[] {
  return names.filter((name) => {
    const said = wanted.filter((wish) => wish.name === name);
    return said.length === 0 || said.some(isWanted);
  });
}

/** Moves of a list that no sentence names: each at least once. */
function unsaid(names: readonly string[], said: readonly SaidWish[]): SaidWish[] {
  const families = new Set(said.map(({ name }) => familyOf(name)));
  return names.filter((name) => !families.has(familyOf(name))).map(wishFor);
}

/** A move somewhere in the dance, once or oftener. */
export function wishFor(name: string): SaidWish {
  return { name, qualifier: null, place: 'anywhere', often: 'some', isExact: false, order: null };
}
