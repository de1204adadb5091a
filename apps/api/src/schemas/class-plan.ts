import { MAX_CLASS_PLAN_SEQUENCES } from '@bachata-buddy/database';
import { DIFFICULTIES } from '@bachata-buddy/vocabulary';
import { type Static, Type } from 'typebox';
import { CollectionItemSchema } from './collection.ts';
import {
  BlankableText,
  Nullable,
  PageOf,
  PageQuerySchema,
  QueryText,
  Text,
  TimestampSchema,
} from './fields.ts';

/** PostgreSQL's `integer`. */
const MAX_INTEGER = 2_147_483_647;
const MAX_TEXT_LENGTH = 10_000;
const MAX_NOTES_LENGTH = 2_000;

const PLAN_FIELDS = {
  id: Type.String({ format: 'uuid' }),
  title: Type.String({ examples: ['Beginner Workshop'] }),
  description: Type.String({ examples: ['Introduction to bachata basics'] }),
  difficulty_level: Type.String({ examples: ['beginner'] }),
  estimated_duration: Nullable(Type.Integer({ description: 'Minutes', examples: [60] })),
  instructor_notes: Type.String({ examples: ['Bring water'] }),
  sequence_count: Type.Integer({ examples: [1] }),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
};

const NotesSchema = Type.String({ examples: ['Start with this sequence'] });
const MinutesSchema = Nullable(Type.Integer({ description: 'Minutes', examples: [20] }));

export const SequenceSchema = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    sequence_order: Type.Integer({ description: 'From 0, without holes' }),
    choreography: CollectionItemSchema,
    notes: NotesSchema,
    estimated_time: MinutesSchema,
  },
  { title: 'ClassPlanSequence' },
);

export const ClassPlanSchema = Type.Object(PLAN_FIELDS, { title: 'ClassPlan' });
export const ClassPlanDetailSchema = Type.Object(
  { ...PLAN_FIELDS, sequences: Type.Array(SequenceSchema) },
  { title: 'ClassPlanDetail' },
);
export const ClassPlanPageSchema = PageOf(ClassPlanSchema);

export const ClassPlanQuerySchema = Type.Object({
  ...PageQuerySchema,
  difficulty_level: QueryText('beginner, intermediate or advanced'),
  search: QueryText(
    'Part of the title, or of the title, song or artist of a sequence, in any case, accents or not',
  ),
  ordering: QueryText(
    'created_at, title or updated_at; a minus in front turns it round. Default -created_at',
  ),
});
export type ClassPlanQuery = Static<typeof ClassPlanQuerySchema>;

export const ClassPlanParamsSchema = Type.Object({
  id: Type.String({ description: 'UUID of the class plan' }),
});
export const SequenceParamsSchema = Type.Object({
  ...ClassPlanParamsSchema.properties,
  sequence_id: Type.String({ description: 'UUID of the sequence' }),
});

const PLAN_BODY = {
  title: Text({ maxLength: 200, examples: ['Beginner Workshop'] }),
  difficulty_level: Type.Enum([...DIFFICULTIES]),
  description: Type.Optional(
    BlankableText({ maxLength: MAX_TEXT_LENGTH, examples: ['Introduction to bachata basics'] }),
  ),
  estimated_duration: Type.Optional(minutes({ minimum: 0, maximum: MAX_INTEGER })),
  instructor_notes: Type.Optional(BlankableText({ maxLength: MAX_TEXT_LENGTH, examples: ['Bring water'] })),
};

export const ClassPlanBodySchema = Type.Object(PLAN_BODY, { additionalProperties: false });
export const ClassPlanPatchSchema = Type.Partial(ClassPlanBodySchema, { additionalProperties: false });
export type ClassPlanPatchBody = Static<typeof ClassPlanPatchSchema>;

const SEQUENCE_BODY = {
  notes: Type.Optional(
    BlankableText({ maxLength: MAX_NOTES_LENGTH, examples: ['Start with this sequence'] }),
  ),
  estimated_time: Type.Optional(
    minutes({
      minimum: 0,
      maximum: MAX_INTEGER,
      'x-texts': { minimum: 'Estimated time must be positive' },
    }),
  ),
};

export const AddSequenceSchema = Type.Object(
  {
    choreography_id: Text({
      format: 'uuid',
      description: "An item of the caller's collection, or a completed task of theirs, saved on the way",
    }),
    order: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_INTEGER,
        description: 'From 1; what is there and after it moves on. Default: the end',
      }),
    ),
    ...SEQUENCE_BODY,
  },
  { additionalProperties: false },
);

export const SequencePatchSchema = Type.Object(SEQUENCE_BODY, { additionalProperties: false });

export const ReorderSchema = Type.Object(
  {
    sequence_ids: Type.Array(Text({ format: 'uuid' }), {
      minItems: 1,
      maxItems: MAX_CLASS_PLAN_SEQUENCES,
      description: "Each of the plan's sequences once, in their new order",
    }),
  },
  { additionalProperties: false },
);

export const ReorderedSchema = Type.Object({
  message: Type.String({ examples: ['Sequences reordered successfully'] }),
  sequences: Type.Array(Type.Pick(SequenceSchema, ['id', 'sequence_order'])),
});

const BreakdownSchema = Type.Object({
  beginner: Type.Integer({ examples: [1] }),
  intermediate: Type.Integer(),
  advanced: Type.Integer(),
});

export const ClassPlanSummarySchema = Type.Object({
  title: PLAN_FIELDS.title,
  total_sequences: Type.Integer({ examples: [1] }),
  total_estimated_duration: Type.Integer({ description: 'Minutes', examples: [20] }),
  difficulty_breakdown: BreakdownSchema,
  sequences: Type.Array(
    Type.Object({
      order: Type.Integer({ description: 'From 0' }),
      title: CollectionItemSchema.properties.title,
      difficulty: CollectionItemSchema.properties.difficulty,
      duration: CollectionItemSchema.properties.duration,
      estimated_time: MinutesSchema,
      notes: NotesSchema,
    }),
  ),
});

export const InstructorStatsSchema = Type.Object({
  total_class_plans: Type.Integer({ examples: [4] }),
  total_unique_choreographies: Type.Integer({ examples: [9] }),
  difficulty_breakdown: BreakdownSchema,
  recent_count: Type.Integer({ description: 'Plans made within the last 30 days', examples: [2] }),
  avg_sequences_per_plan: Type.Number({ description: 'To one decimal', examples: [2.5] }),
});

function minutes(options: object) {
  return Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'Minutes',
    examples: [20],
    ...options,
  });
}
