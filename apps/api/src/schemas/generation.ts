import { DIFFICULTIES, ENERGY_LEVELS, MAX_WISHED_MOVES, STYLES, TEMPI } from '@bachata-buddy/vocabulary';
import { type Static, Type } from 'typebox';
import { KEY_IN_FLIGHT, KEY_MISMATCH } from '../http/idempotency.ts';
import { NO_ROOM, TOO_MANY_OF_YOURS } from '../http/room-for-tasks.ts';
import { CLOSED, detail, invalid, rule } from './errors.ts';
import { Nullable, Text } from './fields.ts';
import { SongSchema } from './song.ts';
import { MoveNameSchema, WishesSchema } from './wishes.ts';

const SeedSchema = Type.Optional(
  Type.Integer({
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    description:
      'The only source of variation: the same seed, the same dance. By default made of the request, and the next one whenever the caller asks for the same again; the blueprint tells it',
  }),
);

const QUERY_EXAMPLE = 'Create a romantic bachata for beginners with smooth transitions';
const ConfidenceSchema = Type.Number({ description: '0 to 1', examples: [0.9] });
/** As answered; what is sent has bounds. */
const UnderstoodRequirementsSchema = Type.Array(Type.String(), { examples: [['smooth transitions']] });
const SpecialRequirementsSchema = Type.Array(Text({ maxLength: 80 }), {
  maxItems: 8,
  description: 'Free wishes, in a few words each',
  examples: [['smooth transitions']],
});

export const DEFAULT_STYLE = 'modern';

export const FromSongSchema = Type.Object(
  {
    song_id: Type.Integer({ description: 'ID of the song', examples: [1] }),
    difficulty: Type.Enum([...DIFFICULTIES], {
      'x-texts': { enum: `Invalid difficulty. Must be one of: ${DIFFICULTIES.join(', ')}` },
    }),
    energy_level: Type.Enum([...ENERGY_LEVELS], { default: 'medium' }),
    style: Type.Enum([...STYLES], { default: DEFAULT_STYLE }),
    tempo: Type.Optional(
      Type.Enum([...TEMPI], { description: 'Told in `open_wishes` where the song is the contrary' }),
    ),
    special_requirements: Type.Optional(SpecialRequirementsSchema),
    wishes: Type.Optional(WishesSchema),
    seed: SeedSchema,
  },
  { additionalProperties: false },
);
export type FromSongBody = Static<typeof FromSongSchema>;

const QuerySchema = Text({
  minLength: 10,
  maxLength: 1_000,
  description: 'What to dance, in plain words',
  examples: [QUERY_EXAMPLE],
  'x-texts': { minLength: 'Query must be at least 10 characters.' },
});

/** What parse-query answered, with what its user has changed. */
export const MendedParametersSchema = Type.Object(
  {
    difficulty: Type.Optional(Type.Enum([...DIFFICULTIES])),
    energy_level: Type.Optional(Type.Enum([...ENERGY_LEVELS])),
    style: Type.Optional(Type.Enum([...STYLES])),
    tempo: Type.Optional(Type.Enum([...TEMPI])),
    specific_moves: Type.Optional(Nullable(Type.Array(MoveNameSchema, { maxItems: MAX_WISHED_MOVES }))),
    special_requirements: Type.Optional(SpecialRequirementsSchema),
    wishes: Type.Optional(WishesSchema),
  },
  {
    additionalProperties: false,
    description:
      'Corrections of what the sentence is understood to mean: `parameters` as parse-query answers them. What is given holds, what is absent is taken from the sentence',
    examples: [{ difficulty: 'beginner', wishes: { refused: ['dip'] } }],
  },
);

export const WithAiSchema = Type.Object(
  { query: QuerySchema, parameters: Type.Optional(MendedParametersSchema), seed: SeedSchema },
  { additionalProperties: false },
);
export const ParseQuerySchema = Type.Object({ query: QuerySchema }, { additionalProperties: false });

export const GenerationHeadersSchema = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      description:
        'Chosen by the client, 1 to 255 visible ASCII characters: a repeat within 24 hours gets the first answer again',
    }),
  ),
});

/** Whatever a generation answers but 202. */
export const GENERATION_REFUSALS = {
  400: invalid(
    { song_id: ['This field is required.'] },
    { query: ['Query must be at least 10 characters.'] },
    { error: 'Could not parse query. Please be more specific.' },
    { error: 'Every move of the library is ruled out by "no turn". Allow some of them.' },
  ),
  409: rule(KEY_IN_FLIGHT),
  422: rule(KEY_MISMATCH),
  429: detail('Request was throttled. Expected available in 3600 seconds.', TOO_MANY_OF_YOURS),
  500: rule('Failed to generate blueprint', 'Failed to create job execution'),
  503: rule(NO_ROOM),
  ...CLOSED,
};

const STARTED_FIELDS = {
  song: Type.Pick(SongSchema, ['id', 'title', 'artist']),
  status: Type.String({ examples: ['started'] }),
  message: Type.String({ examples: ['Choreography generation started'] }),
  poll_url: Type.String({ examples: ['/api/choreography/tasks/abc-123-def-456'] }),
  open_wishes: Type.Optional(
    Type.Array(Type.Object({ wish: Type.String(), reason: Type.String() }), {
      description: 'What the dance does not meet of what was asked for. Absent where all is met.',
      examples: [[{ wish: 'finish with dip', reason: 'the library has no such move' }]],
    }),
  ),
};

export const StartedSchema = Type.Object(
  { task_id: Type.String({ format: 'uuid' }), ...STARTED_FIELDS },
  { title: 'StartedGeneration' },
);

export const StartedWithAiSchema = Type.Object({
  task_id: Type.String({ format: 'uuid' }),
  parsed_parameters: Type.Object({
    difficulty: Type.Enum([...DIFFICULTIES]),
    energy_level: Type.Enum([...ENERGY_LEVELS]),
    style: Type.Enum([...STYLES]),
    special_requirements: UnderstoodRequirementsSchema,
  }),
  ...STARTED_FIELDS,
});

export const ParsedQuerySchema = Type.Object({
  parameters: Type.Object({
    difficulty: Type.Enum([...DIFFICULTIES]),
    energy_level: Type.Enum([...ENERGY_LEVELS]),
    style: Type.Enum([...STYLES]),
    tempo: Type.Enum([...TEMPI]),
    confidence: ConfidenceSchema,
    specific_moves: Nullable(Type.Array(Type.String({ examples: ['dip'] }))),
    special_requirements: UnderstoodRequirementsSchema,
    wishes: Type.Optional(WishesSchema),
  }),
  confidence: ConfidenceSchema,
  query: Type.String({ examples: [QUERY_EXAMPLE] }),
  understood: Type.Object(
    {
      share: Type.Number({ minimum: 0, maximum: 1, examples: [1] }),
      words: Type.Array(Type.String(), { examples: [['romantic', 'bachata', 'beginners']] }),
    },
    {
      description:
        'Which words of the sentence the rules know, and which share that is of those that say something',
    },
  ),
});
