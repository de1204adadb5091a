import { DIFFICULTIES } from '@bachata-buddy/vocabulary';
import Type, { type Static } from 'typebox';
import { MAX_BEATS, MAX_MOVES, MAX_SECONDS } from '../limits.ts';
import { notes } from './annotated.ts';
import { MoveSchema } from './move-schema.ts';
import { OutputConfigSchema } from './output-config-schema.ts';
import { StorageKey } from './storage-key-schema.ts';

/** More than any sentence holds. */
const MAX_OPEN_WISHES = 100;

const OpenWishSchema = Type.Object(
  {
    wish: Type.String({ maxLength: 200, description: 'As people say it: "finish with dip".' }),
    reason: Type.String({ maxLength: 400, description: 'Why not: "the library has no such move".' }),
  },
  { additionalProperties: true, description: 'A wish that is not met, and why.' },
);

const SongSchema = Type.Object(
  {
    id: Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      ...notes({
        description: 'Id of the song in the catalogue.',
        problem: 'must be a whole number from 0 up',
      }),
    }),
    title: Type.String({ maxLength: 500, ...notes({ description: 'Title of the song.' }) }),
    artist: Type.String({ maxLength: 500, ...notes({ description: 'Artist of the song.' }) }),
  },
  {
    description: 'The song, for people. Since 1.1; the sound comes from audio_path.',
    additionalProperties: true,
  },
);

const Confidence = (of: string) =>
  Type.Number({
    minimum: 0,
    maximum: 1,
    ...notes({ description: `How sure ${of} is, 0 to 1.`, problem: 'must be a number from 0 to 1' }),
  });

const RhythmConfidenceSchema = Type.Object(
  {
    tempo: Confidence('the tempo'),
    beat: Confidence('the beat'),
    downbeat: Confidence('the "1" of four'),
    eight: Confidence('the "1" of eight'),
  },
  {
    description: "How sure the song's counts are, for people. Since 1.2.",
    additionalProperties: true,
  },
);

const required = {
  task_id: Type.String({
    minLength: 1,
    maxLength: 200,
    pattern: '^(?=.*\\S)[^/\\\\\\p{Cc}]+$',
    ...notes({
      description: 'Id of the task this blueprint belongs to, a UUID as a rule.',
      problem: 'must not contain slashes or control characters',
    }),
  }),
  audio_path: StorageKey({ description: "Storage key of the song's audio file." }),
  moves: Type.Array(MoveSchema, {
    minItems: 1,
    maxItems: MAX_MOVES,
    ...notes({ description: 'The moves, in the order of the video.', interaction: 'See start_time.' }),
  }),
  total_duration: Type.Number({
    exclusiveMinimum: 0,
    maximum: MAX_SECONDS,
    ...notes({
      description: 'Length of the video.',
      unit: 'seconds',
      interaction:
        'At least the end of the last move, within 0.05 s. What is longer is a tail: it shows the footage after the trimmed part of the last move where there is any, then holds the last frame. The song is cut to this length, or followed by silence.',
      problem: 'must be a positive number',
    }),
  }),
};

const optional = {
  schema_version: Type.Optional(
    Type.String({
      pattern: '^1\\.\\d{1,4}$',
      ...notes({
        description: 'Version of this schema the document was written for. Absent means 1.0.',
        interaction: 'Every 1.x is read; fields a reader does not know are kept and ignored.',
        problem: 'names an unsupported version. Supported versions: 1.x',
      }),
    }),
  ),
  audio_tempo: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      maximum: 1_000,
      ...notes({
        description: 'Tempo of the song, for people.',
        unit: 'beats per minute',
        interaction: 'Times are what counts; nothing is computed from it.',
        problem: 'must be a positive number',
      }),
    }),
  ),
  difficulty_level: Type.Optional(
    Type.Enum([...DIFFICULTIES], { ...notes({ description: 'Difficulty that was asked for.' }) }),
  ),
  generation_timestamp: Type.Optional(
    Type.String({
      maxLength: 64,
      ...notes({ description: 'When the document was made: ISO 8601, UTC, with Z.' }),
    }),
  ),
  generation_parameters: Type.Optional(
    Type.Unsafe<Record<string, unknown>>(
      Type.Object(
        {},
        {
          additionalProperties: true,
          ...notes({
            description:
              'What was asked for, any fields: energy_level, style, user_id; for a sentence also ai_mode and original_query; special_requirements and wishes as they were understood, where there are any. Not used for rendering.',
          }),
        },
      ),
    ),
  ),
  song: Type.Optional(SongSchema),
  open_wishes: Type.Optional(
    Type.Array(OpenWishSchema, {
      maxItems: MAX_OPEN_WISHES,
      ...notes({
        description:
          'What the dance does not meet of what was asked for; absent where all is met, and of a revision, which is not judged. Since 1.2; for people, not for rendering.',
      }),
    }),
  ),
  seed: Type.Optional(
    Type.Integer({
      minimum: Number.MIN_SAFE_INTEGER,
      maximum: Number.MAX_SAFE_INTEGER,
      ...notes({
        description: 'Seed of the variation. Since 1.1.',
        interaction: 'The same request, seed and catalogue give the same moves.',
        problem: 'must be a whole number',
      }),
    }),
  ),
  eights: Type.Optional(
    Type.Array(
      Type.Number({
        minimum: 0,
        maximum: MAX_SECONDS,
        description: 'Time of one "1".',
        'x-problem': 'cannot be negative',
      }),
      {
        maxItems: MAX_BEATS,
        ...notes({
          description:
            'Times at which dancers count "1" of eight, rising. Since 1.2; for captions and checks, not for rendering.',
          unit: 'seconds',
        }),
      },
    ),
  ),
  rhythm_confidence: Type.Optional(RhythmConfidenceSchema),
  beats: Type.Optional(
    Type.Array(
      Type.Number({
        minimum: 0,
        maximum: MAX_SECONDS,
        description: 'Time of one beat.',
        'x-problem': 'cannot be negative',
      }),
      {
        maxItems: MAX_BEATS,
        ...notes({
          description:
            "Times of the song's beats, rising. Since 1.1; for captions and checks, not for rendering.",
          unit: 'seconds',
        }),
      },
    ),
  ),
};

/**
 * The blueprint document, version 1.1: everything a job needs to make one video, and nothing to decide.
 * A document with only the required fields is complete. Fields not named here are accepted and kept.
 */
export const BlueprintSchema = Type.Object(
  { ...required, output_config: OutputConfigSchema, ...optional },
  {
    title: 'Bachata Buddy blueprint',
    description: 'Complete instructions for making one choreography video.',
    additionalProperties: true,
  },
);

/** A document as read: snake_case, defaults not applied (see `resolveBlueprint`). */
export type Blueprint = Static<typeof BlueprintSchema>;
export type BlueprintMove = Blueprint['moves'][number];
export type BlueprintOutputConfig = Blueprint['output_config'];
