import { BlueprintSchema } from '@bachata-buddy/blueprint';
import { Type } from 'typebox';
import { Nullable, PageOf, PageQuerySchema, QueryText, TimestampSchema } from './fields.ts';
import { SongSchema } from './song.ts';

export const TASK_STATUS_NAMES = ['pending', 'started', 'running', 'completed', 'failed'] as const;

const STATE_FIELDS = {
  task_id: Type.String({ format: 'uuid' }),
  status: Type.Enum([...TASK_STATUS_NAMES]),
  progress: Type.Integer({ minimum: 0, maximum: 100 }),
  stage: Type.String({
    description: 'generating_blueprint, submitting_job, video_assembly, uploading_result or completed',
  }),
  message: Type.String(),
};

export const TaskResultSchema = Type.Object(
  {
    video_url: Type.String({ examples: ['/media/output/choreography_abc-123-def-456.mp4'] }),
    duration: Type.Number({ description: 'Seconds' }),
    file_size: Type.Integer({ description: 'Bytes' }),
    num_moves: Type.Integer(),
    difficulty: Type.String(),
  },
  { additionalProperties: true },
);

export const TaskSchema = Type.Object({
  ...STATE_FIELDS,
  result: Type.Optional(TaskResultSchema),
  error: Type.Optional(Type.String({ description: 'Only where the task failed' })),
  song: Nullable(SongSchema),
  difficulty: Nullable(Type.String()),
  style: Nullable(Type.String()),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
  completed_at: Type.Optional(TimestampSchema),
});

export const TaskListItemSchema = Type.Object({
  ...STATE_FIELDS,
  song: Nullable(SongSchema),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
});
export const TaskPageSchema = PageOf(TaskListItemSchema);
export const TaskQuerySchema = Type.Object({
  ...PageQuerySchema,
  status: QueryText(`One of ${TASK_STATUS_NAMES.join(', ')}`),
});

export const TaskParamsSchema = Type.Object({ task_id: Type.String({ description: 'UUID' }) });

export const CancelledSchema = Type.Object({
  message: Type.String(),
  task_id: Type.String(),
  status: Type.String(),
});

export const BlueprintDocumentSchema = Type.Unsafe<string>({
  ...BlueprintSchema,
  description: 'The blueprint as it is stored, in its canonical form (RFC 8785); its SHA-256 is the ETag',
});

export const ConditionalHeadersSchema = Type.Object({
  'if-none-match': Type.Optional(Type.String({ description: 'Tags of what the client has already' })),
});

export const LastEventHeadersSchema = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({ description: 'Id of the last event that the client has: that state is not sent again' }),
  ),
});
