import type { Wishes } from '../../api/generation.ts';

type WantedMove = NonNullable<Wishes['moves']>[number];

/** One wish of a sentence, as it is shown: which words it gets, and what is left of the wishes without it. */
export interface WishLine {
  readonly id: string;
  readonly kind: 'wanted' | 'refused' | 'only' | 'part' | 'length' | 'eights' | 'tempo';
  readonly move?: WantedMove;
  /** Of `refused` and `only`: a family or a move. Of `part`: its name. */
  readonly name?: string;
  readonly number?: number;
  readonly without: Wishes;
}

/** Wish by wish, in the order in which people say them. */
export function wishLines(wishes: Wishes): WishLine[] {
  const { part, part_number: partNumber, length_sec: lengthSec, eights, tempo_bpm: tempoBpm } = wishes;
  return [
    ...(wishes.moves ?? []).map((move, index): WishLine => {
      return { id: `wanted ${index}`, kind: 'wanted', move, without: withoutItem(wishes, 'moves', index) };
    }),
    ...namesOf(wishes, 'refused'),
    ...namesOf(wishes, 'only'),
    ...(part === undefined
      ? []
      : [
          {
            id: 'part',
            kind: 'part' as const,
            name: part,
            ...(partNumber === undefined ? {} : { number: partNumber }),
            without: withoutKeys(wishes, 'part', 'part_number'),
          },
        ]),
    ...numberOf('length', lengthSec, withoutKeys(wishes, 'length_sec')),
    ...numberOf('eights', eights, withoutKeys(wishes, 'eights')),
    ...numberOf('tempo', tempoBpm, withoutKeys(wishes, 'tempo_bpm')),
  ];
}

function namesOf(wishes: Wishes, kind: 'refused' | 'only'): WishLine[] {
  return (wishes[kind] ?? []).map((name, index) => {
    return { id: `${kind} ${index}`, kind, name, without: withoutItem(wishes, kind, index) };
  });
}

function numberOf(kind: WishLine['kind'], number: number | undefined, without: Wishes): WishLine[] {
  return number === undefined ? [] : [{ id: kind, kind, number, without }];
}

function withoutItem(wishes: Wishes, key: 'moves' | 'refused' | 'only', index: number): Wishes {
  const left = wishes[key]?.filter((_, each) => each !== index) ?? [];
  return left.length === 0 ? withoutKeys(wishes, key) : { ...wishes, [key]: left };
}

function withoutKeys(wishes: Wishes, ...keys: readonly (keyof Wishes)[]): Wishes {
  return Object.fromEntries(Object.entries(wishes).filter(([key]) => !keys.includes(key as keyof Wishes)));
}
