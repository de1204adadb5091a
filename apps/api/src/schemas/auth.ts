import { DIFFICULTIES, MAX_REFUSED_MOVES } from '@bachata-buddy/vocabulary';
import { type Static, Type } from 'typebox';
import { BlankableText, Text } from './fields.ts';
import { MoveNameSchema } from './wishes.ts';

export const MAX_PASSWORD_LENGTH = 1_000;
const USERNAME_TEXT =
  'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.';

/** What a user name is made of; empty is another problem. */
export const USERNAME_PATTERN = '^[\\p{L}\\p{N}_.@+\\-]*$';
export const MAX_USERNAME_LENGTH = 150;

const EmailSchema = BlankableText({ maxLength: 254, format: 'email', examples: ['ana@example.com'] });
const DisplayNameSchema = BlankableText({ maxLength: 200, examples: ['Ana'] });
const PASSWORD_EXAMPLES = ['una-noche-larga'];
const TOKEN_EXAMPLES = ['eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl'];

const USER_FIELDS = {
  id: Type.Integer({ examples: [1] }),
  username: Type.String({ examples: ['ana'] }),
  email: Type.String({ examples: ['ana@example.com'] }),
  display_name: Type.String({ examples: ['Ana'] }),
  is_instructor: Type.Boolean(),
  preferences: Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true }),
};

export const UserSchema = Type.Object(USER_FIELDS, { title: 'User' });

export const RegisterSchema = Type.Object(
  {
    username: Text({
      maxLength: MAX_USERNAME_LENGTH,
      pattern: USERNAME_PATTERN,
      'x-texts': { pattern: USERNAME_TEXT },
      examples: ['ana'],
    }),
    email: Type.Optional(EmailSchema),
    password: Text({
      maxLength: MAX_PASSWORD_LENGTH,
      'x-keep-spaces': true,
      'x-new-password': true,
      examples: PASSWORD_EXAMPLES,
    }),
    password2: Text({
      description: 'The password again',
      'x-keep-spaces': true,
      examples: PASSWORD_EXAMPLES,
    }),
    display_name: Type.Optional(DisplayNameSchema),
  },
  { additionalProperties: false },
);
export type RegisterBody = Static<typeof RegisterSchema>;

export const LoginSchema = Type.Object(
  {
    username: Text({
      'x-as-typed': true,
      examples: ['ana'],
      description: 'In any case, where no other name differs from it in that alone',
    }),
    password: Text({ 'x-keep-spaces': true, 'x-as-typed': true, examples: PASSWORD_EXAMPLES }),
  },
  { additionalProperties: false },
);

export const RefreshSchema = Type.Object(
  { refresh: Text({ description: 'The refresh token of a login', examples: TOKEN_EXAMPLES }) },
  { additionalProperties: false },
);

export const ProfileSchema = Type.Object(
  {
    email: Type.Optional(EmailSchema),
    display_name: Type.Optional(DisplayNameSchema),
    is_instructor: Type.Optional(
      Type.Boolean({ description: 'Ignored unless the caller is staff: nobody promotes themselves' }),
    ),
    preferences: Type.Optional(
      Type.Unsafe<Record<string, unknown>>({
        type: 'object',
        additionalProperties: true,
        'x-clean-text': true,
        description: 'Replaced as a whole',
      }),
    ),
  },
  { additionalProperties: false },
);

const PREFERENCE_FIELDS = {
  auto_save_choreographies: Type.Boolean({ description: 'Finished choreographies go into the collection' }),
  default_difficulty: Type.Enum([...DIFFICULTIES], {
    examples: ['intermediate'],
    description: 'For sentences that name none',
  }),
  email_notifications: Type.Boolean(),
};

const RefusedMovesSchema = Type.Array(MoveNameSchema, {
  maxItems: MAX_REFUSED_MOVES,
  description: 'Moves that no choreography is to have, whatever is asked for',
  examples: [['dip', 'lift']],
});

export const PreferencesSchema = Type.Object(
  { ...PREFERENCE_FIELDS, refused_moves: Type.Optional(RefusedMovesSchema) },
  { title: 'Preferences' },
);

export const PreferencesPatchSchema = Type.Partial(
  Type.Object({ ...PREFERENCE_FIELDS, refused_moves: RefusedMovesSchema }),
  {
    additionalProperties: false,
  },
);

export const TokenPairSchema = Type.Object({
  access: Type.String({ description: 'For the Authorization header; 60 minutes', examples: TOKEN_EXAMPLES }),
  refresh: Type.String({ description: 'For new access tokens; 7 days', examples: TOKEN_EXAMPLES }),
});

export const LoginLinkSchema = Type.Object(
  {
    token: Text({
      description: 'What follows `#link=` in the link',
      examples: ['3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    }),
  },
  { additionalProperties: false },
);

export const LoginAnswerSchema = Type.Object({
  user: UserSchema,
  access: TokenPairSchema.properties.access,
  refresh: TokenPairSchema.properties.refresh,
});
