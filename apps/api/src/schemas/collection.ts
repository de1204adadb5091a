import { DIFFICULTIES } from '@bachata-buddy/vocabulary';
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

const freeObject = (example: object) => Type.Object({}, { additionalProperties: true, examples: [example] });

const ITEM_FIELDS = {
  id: Type.String({ format: 'uuid' }),
  title: Type.String({ examples: ['Suegra - Intermediate'] }),
  video_path: Nullable(Type.String({ examples: ['/media/output/choreography_abc-123-def-456.mp4'] })),
  difficulty: Type.String({ examples: ['intermediate'] }),
  duration: Type.Number({ description: 'Seconds', examples: [227.18] }),
  notes: Type.String({ examples: ['Slow at the end'] }),
  song_title: Type.String({ examples: ['Suegra'] }),
  music_info: Nullable(freeObject({ song: 'Suegra', artist: 'Romeo Santos', bpm: 123, duration: 227.18 })),
  generation_parameters: Nullable(freeObject({ difficulty: 'intermediate', style: 'modern' })),
  created_at: TimestampSchema,
  task_id: Nullable(Type.String({ description: 'The task that made the video', format: 'uuid' })),
  poster_url: Type.Optional(
    Type.String({
      description: 'A picture to show before the video plays (JPEG), where there is one',
      examples: ['/media/output/choreography_abc-123-def-456.jpg'],
    }),
  ),
};

export const CollectionItemSchema = Type.Object(ITEM_FIELDS, { title: 'CollectionItem' });
export const CollectionPageSchema = PageOf(CollectionItemSchema);

export const CollectionQuerySchema = Type.Object({
  ...PageQuerySchema,
  difficulty: QueryText('beginner, intermediate or advanced; another finds nothing'),
  search: QueryText('Part of the title, the song or its artist, in any case, accents or not'),
  ordering: QueryText('created_at, title or duration; a minus in front turns it round. Default -created_at'),
});
export type CollectionQuery = Static<typeof CollectionQuerySchema>;

export const CollectionParamsSchema = Type.Object({ id: Type.String({ description: 'UUID' }) });

const TITLE_LENGTH = 200;
const NOTES_LENGTH = 500;

const DifficultySchema = Type.Enum([...DIFFICULTIES]);
const NotesSchema = BlankableText({ maxLength: NOTES_LENGTH, examples: ['Slow at the end'] });

export const SaveSchema = Type.Object(
  {
    task_id: Text({ format: 'uuid', description: 'A completed task of the caller' }),
    title: Type.Optional(
      BlankableText({
        maxLength: TITLE_LENGTH,
        examples: ['My Intermediate Bachata'],
        description: 'Default, also for a blank one: song and level, `Suegra - Intermediate`',
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
    title: Type.Optional(Text({ maxLength: TITLE_LENGTH, examples: ['Suegra - Intermediate'] })),
    difficulty: Type.Optional(DifficultySchema),
    duration: Type.Optional(Type.Number({ minimum: 0, maximum: 1e9, description: 'Seconds' })),
    notes: Type.Optional(NotesSchema),
    music_info: Type.Optional(Type.Unsafe<Record<string, unknown> | null>(freeObjectOrNull())),
    generation_parameters: Type.Optional(Type.Unsafe<Record<string, unknown> | null>(freeObjectOrNull())),
  },
  { additionalProperties: false },
);

const VideoFileSchema = Type.String({
  format: 'binary',
  description: 'An mp4 video',
  examples: ['(the bytes of dance.mp4)'],
});

/** A form with a video; what it says of music and parameters is JSON text. */
export const CollectionUploadSchema = Type.Object(
  {
    title: Text({ maxLength: TITLE_LENGTH, examples: ['Suegra - Intermediate'] }),
    video_path: VideoFileSchema,
    difficulty: DifficultySchema,
    duration: Type.Number({ minimum: 0, maximum: 1e9, description: 'Seconds', examples: [227.18] }),
    notes: Type.Optional(NotesSchema),
    music_info: CollectionPatchSchema.properties.music_info,
    generation_parameters: CollectionPatchSchema.properties.generation_parameters,
  },
  { additionalProperties: false },
);

/** The same, any of it. */
export const CollectionPatchUploadSchema = Type.Object(
  { ...CollectionPatchSchema.properties, video_path: Type.Optional(VideoFileSchema) },
  { additionalProperties: false },
);

export const ConfirmationSchema = Type.Object(
  { confirmation: Type.Boolean({ description: 'Must be true', examples: [true] }) },
  { additionalProperties: false },
);

export const CollectionStatsSchema = Type.Object({
  total_count: Type.Integer({ examples: [15] }),
  total_duration: Type.Number({ description: 'Seconds', examples: [3407.7] }),
  by_difficulty: Type.Record(Type.String(), Type.Integer(), {
    description: 'Only the difficulties that occur',
    examples: [{ beginner: 5, intermediate: 8, advanced: 2 }],
  }),
  recent_count: Type.Integer({ description: 'Saved within the last 7 days', examples: [3] }),
});

export const RemovedSchema = Type.Object({
  message: Type.String({ examples: ['Choreography deleted successfully'] }),
  id: Type.String({ format: 'uuid' }),
});
export const AllRemovedSchema = Type.Object({
  deleted_count: Type.Integer({ examples: [15] }),
  message: Type.String({ examples: ['Successfully deleted 15 choreographies'] }),
});
export const CleanedSchema = Type.Object({
  cleaned_count: Type.Integer({ examples: [3] }),
  message: Type.String({ examples: ['Cleaned up 3 orphaned choreographies'] }),
});

/** JSON that PostgreSQL can store, with any keys. */
function freeObjectOrNull() {
  return { type: ['object', 'null'], additionalProperties: true, 'x-clean-text': true };
}
