import { Type } from 'typebox';
import { MAX_PASSWORD_LENGTH, PreferencesSchema, TokenPairSchema, UserSchema } from './auth.ts';
import { ClassPlanDetailSchema } from './class-plan.ts';
import { CollectionItemSchema } from './collection.ts';
import { Nullable, PageOf, PageQuerySchema, QueryText, Text, TimestampSchema } from './fields.ts';
import { SongDetailSchema } from './song.ts';
import { TaskSchema } from './task.ts';

const CurrentPassword = Text({ 'x-keep-spaces': true, 'x-as-typed': true, examples: ['una-noche-larga'] });
const NewPassword = Text({
  maxLength: MAX_PASSWORD_LENGTH,
  'x-keep-spaces': true,
  examples: ['otra-noche-mas-larga'],
});

export const PasswordChangeSchema = Type.Object(
  { current_password: CurrentPassword, new_password: NewPassword },
  { additionalProperties: false },
);

export const PasswordResetSchema = Type.Object(
  {
    token: Text({
      description: 'What follows `#token=` in the link',
      examples: ['3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    }),
    new_password: NewPassword,
  },
  { additionalProperties: false },
);

export const AccountDeletionSchema = Type.Object(
  { password: CurrentPassword },
  { additionalProperties: false },
);

export const PasswordChangedSchema = Type.Object({
  message: Type.String({ examples: ['Password changed. Every other session has ended.'] }),
  ...TokenPairSchema.properties,
});

export const MessageSchema = (message: string) =>
  Type.Object({ message: Type.String({ examples: [message] }) });

const SessionSchema = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    user_agent: Nullable(
      Type.String({ description: 'What the client called itself', examples: ['Mozilla/5.0 (Android 16)'] }),
    ),
    is_current: Type.Boolean({ description: 'Whether this request belongs to it' }),
    created_at: TimestampSchema,
    last_used_at: TimestampSchema,
    expires_at: TimestampSchema,
  },
  { title: 'Session' },
);
export const SessionPageSchema = PageOf(SessionSchema);
export const SessionQuerySchema = Type.Object(PageQuerySchema);
export const SessionParamsSchema = Type.Object({ session_id: Type.String({ description: 'UUID' }) });
export const SessionEndQuerySchema = Type.Object({
  keep_current: QueryText('`true`: all but the one that this request belongs to'),
});
export const SessionsEndedSchema = Type.Object({
  message: Type.String({ examples: ['Logged out everywhere.'] }),
  ended_count: Type.Integer({ examples: [3] }),
});

const Link = (path: string) =>
  Type.String({ format: 'uri', examples: [`https://api.example.com/api/${path}`] });

export const ExportSchema = Type.Object(
  {
    exported_at: TimestampSchema,
    user: UserSchema,
    joined_at: TimestampSchema,
    last_login_at: Nullable(TimestampSchema),
    preferences: PreferencesSchema,
    sessions: Type.Array(SessionSchema),
    tasks: Type.Array(
      Type.Object({
        task: Type.Object(TaskSchema.properties, { title: 'ExportedTask' }),
        query: Nullable(
          Type.String({
            description: 'The sentence that it was asked for with',
            examples: ['a romantic bachata for beginners'],
          }),
        ),
        energy_level: Nullable(Type.String({ examples: ['medium'] })),
        seed: Nullable(Type.Integer({ examples: [7] })),
        links: Type.Object({
          task: Link('choreography/tasks/7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a/'),
          blueprint: Link('choreography/tasks/7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a/blueprint/'),
          video: Link('choreography/videos/7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a/?download=1'),
        }),
      }),
    ),
    collection: Type.Array(CollectionItemSchema),
    class_plans: Type.Array(ClassPlanDetailSchema),
    songs: Type.Array(SongDetailSchema, { description: "The caller's own" }),
  },
  { title: 'AccountExport', description: 'All that the service keeps of an account' },
);
