import { DIFFICULTIES } from '@bachata-buddy/choreography';
import { type Static, Type } from 'typebox';
import {
  BlankableText,
  Nullable,
  PageOf,
  PageQuerySchema,
  QueryText,
  Text,
  TimestampSchema,
} from './fields.ts';

const FreeObjectSchema = Type.Object({}, { additionalProperties: true });

export const CollectionItemSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  title: Type.String({ examples: ['Suegra - Intermediate'] }),
  video_path: Nullable(Type.String({ examples: ['/media/output/choreography_abc-123-def-456.mp4'] })),
  difficulty: Type.String({ examples: ['intermediate'] }),
  duration: Type.Number({ description: 'Seconds' }),
  notes: Type.String(),
  song_title: Type.String(),
  music_info: Nullable(FreeObjectSchema),
  generation_parameters: Nullable(FreeObjectSchema),
  created_at: TimestampSchema,
  task_id: Nullable(Type.String({ description: 'The task that made the video' })),
});
export const CollectionPageSchema = PageOf(CollectionItemSchema);

export const CollectionQuerySchema = Type.Object({
  ...PageQuerySchema,
  difficulty: QueryText('beginner, intermediate or advanced; another finds nothing'),
  search: QueryText('Part of the title, in any case'),
  ordering: QueryText('created_at, title or duration; a minus in front turns it round. Default -created_at'),
});
export type CollectionQuery = Static<typeof CollectionQuerySchema>;

export const CollectionParamsSchema = Type.Object({ id: Type.String({ description: 'UUID' }) });

const TITLE_LENGTH = 200;
const NOTES_LENGTH = 500;

const DifficultySchema = Type.Enum([...DIFFICULTIES]);
const NotesSchema = BlankableText({ maxLength: NOTES_LENGTH });

export const SaveSchema = Type.Object(
  {
    task_id: Text({ format: 'uuid', description: 'A completed task of the caller' }),
    title: Type.Optional(
      BlankableText({
        maxLength: TITLE_LENGTH,
        description: 'Default, also for a blank one: Choreography YYYY-MM-DD HH:MM, in UTC',
      }),
    ),
    difficulty: Type.Optional(DifficultySchema),
    notes: Type.Optional(NotesSchema),
  },
  { additionalProperties: false },
);

/** Any of it; what is absent stays. */
export const CollectionPatchSchema = Type.Object(
  {
    title: Type.Optional(Text({ maxLength: TITLE_LENGTH })),
    difficulty: Type.Optional(DifficultySchema),
    duration: Type.Optional(Type.Number({ minimum: 0, maximum: 1e9, description: 'Seconds' })),
    notes: Type.Optional(NotesSchema),
    music_info: Type.Optional(Type.Unsafe<Record<string, unknown> | null>(freeObjectOrNull())),
    generation_parameters: Type.Optional(Type.Unsafe<Record<string, unknown> | null>(freeObjectOrNull())),
  },
  { additionalProperties: false },
);
export type CollectionPatchBody = Static<typeof CollectionPatchSchema>;

export const ConfirmationSchema = Type.Object(
  { confirmation: Type.Boolean({ description: 'Must be true', examples: [true] }) },
  { additionalProperties: false },
);

export const CollectionStatsSchema = Type.Object({
  total_count: Type.Integer(),
  total_duration: Type.Number({ description: 'Seconds' }),
  by_difficulty: Type.Record(Type.String(), Type.Integer(), {
    description: 'Only the difficulties that occur',
    examples: [{ beginner: 5, intermediate: 8, advanced: 2 }],
  }),
  recent_count: Type.Integer({ description: 'Saved within the last 7 days' }),
});

export const RemovedSchema = Type.Object({ message: Type.String(), id: Type.String({ format: 'uuid' }) });
export const AllRemovedSchema = Type.Object({ deleted_count: Type.Integer(), message: Type.String() });
export const CleanedSchema = Type.Object({ cleaned_count: Type.Integer(), message: Type.String() });

/** JSON that PostgreSQL can store, with any keys. */
function freeObjectOrNull() {
  return { type: ['object', 'null'], additionalProperties: true, 'x-clean-text': true };
}
