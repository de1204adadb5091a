import { type Blueprint, BlueprintSchema } from '@bachata-buddy/blueprint';
import {
  ASSEMBLY_FAILED,
  COMPLETED,
  PLANNING_STEPS,
  SHOWN_RESULT_FIELDS,
  TASK_STAGES,
  TASK_STATUSES,
} from '@bachata-buddy/vocabulary';
import { type Static, Type } from 'typebox';
import { Nullable, PageOf, PageQuerySchema, QueryText, TimestampSchema } from './fields.ts';
import { SongSchema } from './song.ts';
import { VersionListItemSchema, VersionOfSchema } from './version.ts';

const STATE_FIELDS = {
  task_id: Type.String({ format: 'uuid' }),
  status: Type.Enum([...TASK_STATUSES], { examples: ['running'] }),
  progress: Type.Integer({ minimum: 0, maximum: 100, examples: [45] }),
  stage: Type.String({
    description: oneOf(TASK_STAGES),
    examples: ['video_assembly'],
  }),
  message: Type.String({ examples: ['Assembling video clips...'] }),
};

/** `a, b or c` */
function oneOf(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** The address of what belongs to a video, where there is such. */
const ExtraUrl = (description: string, ending: string) =>
  Type.Optional(
    Type.String({ description, examples: [`/media/output/choreography_abc-123-def-456.${ending}`] }),
  );

export const TaskResultSchema = Type.Object(
  {
    ...SHOWN_RESULT_FIELDS,
    captions_url: ExtraUrl('Captions (WebVTT): the counts of each move, its name and the next one', 'vtt'),
    chapters_url: ExtraUrl('Chapters (WebVTT): parts of the song, and the moves inside them', 'chapters.vtt'),
    thumbnails_url: ExtraUrl(
      'Thumbnails (WebVTT) for a seek bar: rectangles (`#xywh`) of pictures at addresses relative to it',
      'thumbnails.vtt',
    ),
    poster_url: ExtraUrl('A picture to show before the video plays (JPEG)', 'jpg'),
  },
  { title: 'TaskResult', additionalProperties: true },
);

/** The four answers that a poll may get, as the API is documented. */
const TASK_EXAMPLES = [
  {
    status: 'pending',
    progress: 0,
    ...PLANNING_STEPS.song,
    updated_at: '2025-11-09T12:34:56Z',
  },
  {
    status: 'running',
    progress: 45,
    stage: 'video_assembly',
    message: 'Assembling video clips...',
    updated_at: '2025-11-09T12:35:23Z',
  },
  {
    status: 'completed',
    progress: 100,
    ...COMPLETED,
    result: {
      video_url: '/media/output/choreography_7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a.mp4',
      duration: 227.18,
      file_size: 36_992_903,
      num_moves: 29,
      difficulty: 'intermediate',
    },
    updated_at: '2025-11-09T12:36:12Z',
    completed_at: '2025-11-09T12:36:12Z',
  },
  {
    status: 'failed',
    progress: 30,
    stage: 'video_assembly',
    message: ASSEMBLY_FAILED,
    error: 'FFmpeg error: Invalid video codec',
    updated_at: '2025-11-09T12:35:45Z',
  },
].map(({ status, progress, stage, message, updated_at, ...ending }) => ({
  task_id: '7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a',
  status,
  progress,
  stage,
  message,
  song: null,
  difficulty: 'intermediate',
  style: 'modern',
  created_at: '2025-11-09T12:34:56Z',
  updated_at,
  ...ending,
}));

const Kin = (description: string) => Type.Optional(Type.String({ format: 'uuid', description }));

const TASK_FIELDS = {
  ...STATE_FIELDS,
  result: Type.Optional(TaskResultSchema),
  error: Type.Optional(
    Type.String({
      description: 'Only where the task failed',
      examples: ['FFmpeg error: Invalid video codec'],
    }),
  ),
  had_video: Type.Optional(
    Type.Boolean({
      description:
        'Only where the task failed, and `true`: it had a video before, which can be rendered again (POST `render/`)',
    }),
  ),
  song: Nullable(SongSchema),
  difficulty: Nullable(Type.String({ examples: ['intermediate'] })),
  style: Nullable(Type.String({ examples: ['modern'] })),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
  completed_at: Type.Optional(TimestampSchema),
  revision_of: Kin('Of a revision: the task from whose blueprint it was made, as long as that is there'),
  version_of: Kin('Of a practice version: the task it is one of'),
  original_task_id: Type.Optional(
    Type.String({ format: 'uuid', deprecated: true, description: 'The same as `version_of`' }),
  ),
  version: Type.Optional(VersionOfSchema),
  versions: Type.Optional(
    Type.Array(VersionListItemSchema, { description: 'Its practice versions, where there are any' }),
  ),
};

export const TaskSchema = Type.Object(TASK_FIELDS, { title: 'Task', examples: TASK_EXAMPLES });

const TaskListItemSchema = Type.Object(
  {
    ...STATE_FIELDS,
    song: TASK_FIELDS.song,
    created_at: TimestampSchema,
    updated_at: TimestampSchema,
    poster_url: ExtraUrl(
      'A picture of its video (JPEG), where there is one; with `details` it is in `result`',
      'jpg',
    ),
    result: Type.Optional(TaskResultSchema),
    error: TASK_FIELDS.error,
    had_video: TASK_FIELDS.had_video,
    difficulty: Type.Optional(TASK_FIELDS.difficulty),
    style: Type.Optional(TASK_FIELDS.style),
    completed_at: TASK_FIELDS.completed_at,
    revision_of: TASK_FIELDS.revision_of,
    version_of: TASK_FIELDS.version_of,
    version: TASK_FIELDS.version,
  },
  { title: 'TaskListItem' },
);
export const TaskPageSchema = PageOf(TaskListItemSchema);
export const TaskQuerySchema = Type.Object({
  ...PageQuerySchema,
  status: QueryText(`One of ${TASK_STATUSES.join(', ')}`),
  difficulty: QueryText('beginner, intermediate or advanced; another finds nothing'),
  style: QueryText('romantic, energetic, sensual, playful or modern; another finds nothing'),
  song_id: QueryText('Of this song'),
  search: QueryText('Part of the title or the artist of the song, in any case, accents or not'),
  ordering: QueryText('created_at, updated_at or song; a minus in front turns it round. Default -created_at'),
  details: QueryText(
    '`true`: with result or error, difficulty and style, and what it is a revision or version of',
  ),
});
export type TaskQuery = Static<typeof TaskQuerySchema>;

export const TaskParamsSchema = Type.Object({ task_id: Type.String({ description: 'UUID' }) });

export const CancelledSchema = Type.Object({
  message: Type.String({ examples: ['Task cancelled successfully'] }),
  task_id: Type.String({ format: 'uuid' }),
  status: Type.String({ examples: ['failed'] }),
});

/** The least that a blueprint says. */
export const BLUEPRINT_EXAMPLE = {
  task_id: 'abc-123-def-456',
  audio_path: 'data/songs/Amor.mp3',
  moves: [
    {
      clip_id: 'move_1',
      video_path: 'data/Bachata_steps/body_roll/body_roll_1.mp4',
      start_time: 0,
      duration: 8,
    },
    {
      clip_id: 'move_2',
      video_path: 'data/Bachata_steps/cross_body_lead/cross_body_lead_1.mp4',
      start_time: 8,
      duration: 8,
    },
  ],
  total_duration: 16,
  output_config: { output_path: 'data/output/choreography_abc-123-def-456.mp4' },
};

const BLUEPRINT = {
  ...BlueprintSchema,
  title: 'Blueprint',
  description: 'The blueprint as it is stored, in its canonical form (RFC 8785); its SHA-256 is the ETag',
};
export const BlueprintDocumentSchema = Type.Unsafe<string>({ ...BLUEPRINT, examples: [BLUEPRINT_EXAMPLE] });
/** As part of another answer. */
export const BlueprintPartSchema = Type.Unsafe<Blueprint>(BLUEPRINT);

export const ConditionalHeadersSchema = Type.Object({
  'if-none-match': Type.Optional(Type.String({ description: 'Tags of what the client has already' })),
});

export const TicketQuerySchema = Type.Object({
  ticket: QueryText("Instead of a login, for clients that cannot send headers, as the browser's EventSource"),
});

export const TicketSchema = Type.Object({
  ticket: Type.String({
    examples: ['eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl'],
  }),
  events_url: Type.String({
    format: 'uri',
    description: 'What to open with EventSource',
    examples: [
      'https://api.example.com/api/choreography/tasks/7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a/events/?ticket=eyJ',
    ],
  }),
});

export const LastEventHeadersSchema = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({ description: 'Id of the last event that the client has: that state is not sent again' }),
  ),
});
