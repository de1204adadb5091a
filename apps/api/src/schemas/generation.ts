import { DIFFICULTIES, ENERGY_LEVELS, STYLES, TEMPI } from '@bachata-buddy/choreography';
import { type Static, Type } from 'typebox';
import { CLOSED, DetailSchema, InvalidSchema, RuleSchema } from './errors.ts';
import { Nullable, Text } from './fields.ts';

const SeedSchema = Type.Optional(
  Type.Integer({
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    description:
      'The only source of variation; by default made of the request, so that the same asks for the same',
  }),
);

export const FromSongSchema = Type.Object(
  {
    song_id: Type.Integer({ description: 'ID of the song', examples: [1] }),
    difficulty: Type.Enum([...DIFFICULTIES], {
      'x-texts': { enum: `Invalid difficulty. Must be one of: ${DIFFICULTIES.join(', ')}` },
    }),
    energy_level: Type.Enum([...ENERGY_LEVELS], { default: 'medium' }),
    style: Type.Enum([...STYLES], { default: 'modern' }),
    seed: SeedSchema,
  },
  { additionalProperties: false },
);
export type FromSongBody = Static<typeof FromSongSchema>;

const QuerySchema = Text({
  minLength: 10,
  maxLength: 1_000,
  description: 'What to dance, in plain words',
  examples: ['Create a romantic bachata for beginners with smooth transitions'],
  'x-texts': { minLength: 'Query must be at least 10 characters.' },
});

export const WithAiSchema = Type.Object(
  { query: QuerySchema, seed: SeedSchema },
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
  400: InvalidSchema,
  409: RuleSchema,
  422: RuleSchema,
  429: DetailSchema,
  500: RuleSchema,
  ...CLOSED,
};

const STARTED_FIELDS = {
  song: Type.Object({ id: Type.Integer(), title: Type.String(), artist: Type.String() }),
  status: Type.String({ examples: ['started'] }),
  message: Type.String({ examples: ['Choreography generation started'] }),
  poll_url: Type.String({ examples: ['/api/choreography/tasks/abc-123-def-456'] }),
};

export const StartedSchema = Type.Object({ task_id: Type.String({ format: 'uuid' }), ...STARTED_FIELDS });

export const StartedWithAiSchema = Type.Object({
  task_id: Type.String({ format: 'uuid' }),
  parsed_parameters: Type.Object({
    difficulty: Type.String(),
    energy_level: Type.String(),
    style: Type.String(),
    special_requirements: Type.Array(Type.String()),
  }),
  ...STARTED_FIELDS,
});

export const ParsedQuerySchema = Type.Object({
  parameters: Type.Object({
    difficulty: Type.Enum([...DIFFICULTIES]),
    energy_level: Type.Enum([...ENERGY_LEVELS]),
    style: Type.Enum([...STYLES]),
    tempo: Type.Enum([...TEMPI]),
    confidence: Type.Number({ description: '0 to 1' }),
    specific_moves: Nullable(Type.Array(Type.String())),
    special_requirements: Type.Array(Type.String()),
  }),
  confidence: Type.Number({ description: '0 to 1' }),
  query: Type.String(),
});
