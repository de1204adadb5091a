import { LEAST_LENGTH_SEC, MOST_LENGTH_SEC } from '@bachata-buddy/choreography';
import { SECTION_LABELS } from '@bachata-buddy/music';
import {
  DIRECTIONS,
  MAX_MOVE_NAME_LENGTH,
  MAX_REFUSED_MOVES,
  MAX_WISHED_MOVES,
  MAX_WISHED_TIMES,
} from '@bachata-buddy/vocabulary';
import { type Static, Type } from 'typebox';
import { Text } from './fields.ts';

/** Which of the same parts: from the first, 1, on; -1 is the last. */
const PART_NUMBERS = [-1, ...Array.from({ length: 20 }, (_, index) => index + 1)];

export const MoveNameSchema = Text({
  maxLength: MAX_MOVE_NAME_LENGTH,
  description: 'A family, in English or Spanish, or the name or the id of a move of the library',
  examples: ['turn'],
});

const WantedMoveSchema = Type.Object(
  {
    move: MoveNameSchema,
    direction: Type.Optional(Type.Enum([...DIRECTIONS])),
    place: Type.Optional(
      Type.Enum(['opening', 'ending'], { description: 'Where in the dance; absent: anywhere' }),
    ),
    times: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MAX_WISHED_TIMES, description: 'At least so often; absent: once' }),
    ),
    exactly: Type.Optional(Type.Boolean({ description: 'And no oftener' })),
    most: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_WISHED_TIMES,
        description: 'No oftener than that; without `times` and `many` it need not come',
      }),
    ),
    many: Type.Optional(Type.Boolean({ description: 'Again and again' })),
    in_order: Type.Optional(
      Type.Boolean({ description: 'Behind those before it in the list of which the same is said' }),
    ),
  },
  { additionalProperties: false },
);

/** What a dance is wished to be, beyond level, energy and style: as a sentence says it, a form may send it. */
export const WishesSchema = Type.Object(
  {
    moves: Type.Optional(
      Type.Array(WantedMoveSchema, { maxItems: MAX_WISHED_MOVES, description: 'Wanted moves' }),
    ),
    refused: Type.Optional(
      Type.Array(MoveNameSchema, { maxItems: MAX_REFUSED_MOVES, description: 'Moves that must not come' }),
    ),
    only: Type.Optional(
      Type.Array(MoveNameSchema, {
        maxItems: MAX_WISHED_MOVES,
        description: 'Nothing but these, and the wanted ones',
      }),
    ),
    part: Type.Optional(
      Type.Enum([...SECTION_LABELS], { description: 'The part of the song to dance to; absent: all of it' }),
    ),
    part_number: Type.Optional(
      Type.Integer({ enum: PART_NUMBERS, description: 'Which of these parts, from 1; -1: the last' }),
    ),
    length_sec: Type.Optional(
      Type.Number({
        minimum: LEAST_LENGTH_SEC,
        maximum: MOST_LENGTH_SEC,
        description: 'About so long: the dance ends on a phrase, and the song is faded out',
      }),
    ),
    eights: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: 'So many eights' })),
    tempo_bpm: Type.Optional(
      Type.Number({ minimum: 60, maximum: 220, description: "The song's beats a minute" }),
    ),
  },
  {
    title: 'Wishes',
    additionalProperties: false,
    examples: [{ moves: [{ move: 'turn', times: 3, exactly: true }], refused: ['dip'], length_sec: 60 }],
  },
);
export type WishesDocument = Static<typeof WishesSchema>;
