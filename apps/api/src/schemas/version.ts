import { Type } from 'typebox';

const VERSION_KINDS = ['slow', 'mirrored'] as const;
/** What a dancer practises at. */
export const SLOW_SPEEDS = [0.75, 0.85] as const;

const KindSchema = Type.Enum([...VERSION_KINDS], {
  description:
    'slow: played slower, the pitch of the song kept; mirrored: as in a mirror, its counts in the picture',
});

export const VersionRequestSchema = Type.Object(
  {
    kind: KindSchema,
    speed: Type.Optional(
      Type.Number({ description: `Of slow: ${SLOW_SPEEDS.join(' or ')}`, examples: [SLOW_SPEEDS[0]] }),
    ),
  },
  { additionalProperties: false },
);

const VERSION_FIELDS = {
  kind: Type.String({ examples: ['slow'] }),
  speed: Type.Optional(Type.Number({ description: 'Only of slow', examples: [0.75] })),
};

export const VersionOfSchema = Type.Object(VERSION_FIELDS);
export const VersionListItemSchema = Type.Object({
  task_id: Type.String({ format: 'uuid' }),
  ...VERSION_FIELDS,
  status: Type.String({ examples: ['completed'] }),
});
