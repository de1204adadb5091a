import type { ChoreographyRequest, Extent, SaidMoves, SaidWish } from '@bachata-buddy/choreography';
import { MAX_REFUSED_MOVES } from '@bachata-buddy/vocabulary';
import { Value } from 'typebox/value';
import { type WishesDocument, WishesSchema } from '../schemas/wishes.ts';

/** The part of a request that a document of wishes says. */
export type Wished = Pick<ChoreographyRequest, 'moves' | 'extent' | 'tempoBpm'>;

/** Wishes as clients send and read them; undefined where there are none. */
export function viewWishes({ moves, extent, tempoBpm }: Wished): WishesDocument | undefined {
  const document: WishesDocument = {
    ...(moves === undefined ? {} : viewMoves(moves)),
    ...(extent === undefined ? {} : viewExtent(extent)),
    ...(tempoBpm === undefined ? {} : { tempo_bpm: tempoBpm }),
  };
  return Object.keys(document).length === 0 ? undefined : document;
}

function viewMoves({ wanted, refused, only }: SaidMoves): WishesDocument {
  return {
    ...(wanted.length === 0 ? {} : { moves: wanted.map(viewWish) }),
    // What more there is are standing refusals, which come last and are added to every request anyway.
    ...(refused.length === 0 ? {} : { refused: refused.slice(0, MAX_REFUSED_MOVES) }),
    ...(only.length === 0 ? {} : { only: [...only] }),
  };
}

type WantedMove = NonNullable<WishesDocument['moves']>[number];

function viewWish({ name, qualifier, place, often, isExact, most, order }: SaidWish): WantedMove {
  return {
    move: name,
    ...(qualifier === null ? {} : { direction: qualifier }),
    ...(place === 'anywhere' ? {} : { place }),
    ...(typeof often === 'number' && often > 0 ? { times: often } : {}),
    ...(isExact ? { exactly: true } : {}),
    ...(most === undefined ? {} : { most }),
    ...(often === 'many' ? { many: true } : {}),
    ...(order === null ? {} : { in_order: true }),
  };
}

function viewExtent({ part, lengthSec, eights }: Extent): WishesDocument {
  return {
    ...(part === undefined ? {} : { part: part.label, part_number: part.number }),
    ...(lengthSec === undefined ? {} : { length_sec: lengthSec }),
    ...(eights === undefined ? {} : { eights }),
  };
}

/** What a document of wishes asks for; of moves nothing where it names none. */
export function readWishes(document: WishesDocument): Wished {
  const { part, part_number: number = 1, length_sec: lengthSec, eights, tempo_bpm: tempoBpm } = document;
  const extent: Extent = {
    ...(part === undefined ? {} : { part: { label: part, number } }),
    ...(lengthSec === undefined ? {} : { lengthSec }),
    ...(eights === undefined ? {} : { eights }),
  };
  const { moves: wanted = [], refused = [], only = [] } = document;
  return {
    moves: { wanted: wanted.map(readWish), refused, only },
    ...(Object.keys(extent).length === 0 ? {} : { extent }),
    ...(tempoBpm === undefined ? {} : { tempoBpm }),
  };
}

function readWish(wanted: WantedMove, index: number): SaidWish {
  const { move, direction, place = 'anywhere', in_order: isInOrder } = wanted;
  const isPlaced = place !== 'anywhere';
  // One move opens, and one closes.
  const howOften = isPlaced ? ONCE : readHowOften(wanted);
  return {
    name: move,
    qualifier: direction ?? null,
    place,
    ...howOften,
    order: isInOrder === true && !isPlaced && howOften.often !== 0 ? index : null,
  };
}

const ONCE = { often: 'some', isExact: false } as const;

function readHowOften({
  times,
  exactly,
  many,
  most,
}: WantedMove): Pick<SaidWish, 'often' | 'isExact' | 'most'> {
  return {
    often: many === true ? 'many' : (times ?? (most === undefined || exactly === true ? 'some' : 0)),
    isExact: exactly === true && many !== true,
    ...(most === undefined ? {} : { most }),
  };
}

/** The wishes that a stored document holds, or undefined where it has none that can be read. */
export function storedWishes(stored: unknown): Wished | undefined {
  return Value.Check(WishesSchema, stored) ? readWishes(stored) : undefined;
}
