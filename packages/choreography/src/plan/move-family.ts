import { familyOfLabel, moveFamily, UNKNOWN_LIVELINESS } from '@bachata-buddy/vocabulary';
import type { Move } from '../move.ts';
import { findMeanings } from '../query/find-meanings.ts';
import { foldedWords, tokenize } from '../query/tokens.ts';
import { remembered } from './remembered.ts';

export type Role = 'intro' | 'outro' | 'middle';

const familyCache = new Map<string, string>();
const FAMILY_CACHE_SIZE = 5_000;

/** The family a label or a wish means, whatever its spelling: "ladyturn" and "vueltas" are "turn", "intros" is "intro". */
export function familyOf(label: string): string {
  const known = familyCache.get(label);
  if (known !== undefined) return known;
  const family = findFamily(label);
  if (familyCache.size < FAMILY_CACHE_SIZE) familyCache.set(label, family);
  return family;
}

function findFamily(label: string): string {
  const words = foldedWords(label.replaceAll('_', ' '));
  const role = words.map(familyOfLabel).find((family) => family !== undefined && isRole(family.name));
  if (role !== undefined) return role.name;
  return familiesIn(words.join(' '))[0] ?? words.join('_');
}

/** Families of moves that a text names, in its order. */
function familiesIn(text: string): string[] {
  const hits = findMeanings(tokenize(text.replaceAll('_', ' ')));
  return hits.filter((hit) => hit.meaning.kind === 'move').map((hit) => String(hit.meaning.value));
}

/** What of a library's move is asked for at every request. */
const familiesOfName = remembered((move) => familiesIn(move.name));
const foldedNameOf = remembered(
  ({ name, label }) => ` ${foldedWords(`${name} ${label.replaceAll('_', ' ')}`).join(' ')} `,
);

function isRole(family: string): family is 'intro' | 'outro' {
  return family === 'intro' || family === 'outro';
}

export function roleOf(move: Move): Role {
  const family = familyOf(move.label);
  return isRole(family) ? family : 'middle';
}

/** 0 calm .. 1 wild, of the clip's own energy level and its family. */
export function livelinessOf(move: Move): number {
  const ofLevel = { low: 0.2, medium: 0.5, high: 0.85 }[move.energyLevel];
  return 0.75 * ofLevel + 0.25 * (moveFamily(familyOf(move.label))?.liveliness ?? UNKNOWN_LIVELINESS);
}

/** Whether a move's family, name or id is among the wishes ("turn" means every turn, "Enchufla" that one). */
export function makeWishMatcher(wishes: readonly string[]): (move: Move) => boolean {
  const families = new Set(wishes.map(familyOf));
  const names = wishes
    .map((wish) => foldedWords(wish.replaceAll('_', ' ')).join(' '))
    .filter((name) => name !== '');
  if (names.length === 0) return () => false;
  const ids = new Set(wishes);
  return remembered((move) => {
    if (ids.has(move.moveId)) return true;
    if (families.has(familyOf(move.label))) return true;
    if (familiesOfName(move).some((family) => families.has(family))) return true;
    const name = foldedNameOf(move);
    return names.some((wish) => name.includes(` ${wish} `));
  });
}
