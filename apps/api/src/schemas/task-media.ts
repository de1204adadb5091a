import { DIFFICULTIES, ENERGY_LEVELS, STYLES } from '@bachata-buddy/vocabulary';
import { Type } from 'typebox';
import { TimestampSchema } from './fields.ts';

const signedUrl = (key: string) =>
  `/media/private/${key}?expires=1762693200&signature=m0dDq3cX2n5aQO7mYtq3lqQ0q0kJm3o2a5Qy2T1yXhU`;
const CLIP_URL = signedUrl('prepared/clips/0f8a7d6c5b4a39281706f5e4d3c2b1a0.mp4');
const SONG_URL = signedUrl('prepared/songs/8c1f2e3d4b5a69788796a5b4c3d2e1f0.m4a');
export const TASK_MEDIA_EXAMPLE = {
  song_url: SONG_URL,
  clip_urls: [CLIP_URL, CLIP_URL],
  expires_at: '2025-11-09T13:00:00Z',
};
const UrlSchema = (description: string, example: string) => Type.String({ description, examples: [example] });

export const TaskMediaSchema = Type.Object(
  {
    song_url: UrlSchema(
      'The sound of the song as videos carry it, else the song as it was brought in',
      SONG_URL,
    ),
    clip_urls: Type.Array(Type.String(), {
      description: 'A clip for each move of the blueprint, in their order',
      examples: [[CLIP_URL]],
    }),
    expires_at: { ...TimestampSchema, description: 'Until when all of them work' },
  },
  { title: 'TaskMedia' },
);

export const AlternativesParamsSchema = Type.Object({
  task_id: Type.String({ description: 'UUID' }),
  index: Type.String({ description: 'Of a move of the blueprint, from 0' }),
});

const AlternativeSchema = Type.Object(
  {
    move_id: Type.String({
      description: 'What the edit `replace` names it by',
      examples: ['double_cross_body_lead'],
    }),
    name: Type.String({ examples: ['Cross body lead'] }),
    family: Type.String({ examples: ['cross_body_lead'] }),
    difficulty: Type.Enum([...DIFFICULTIES]),
    energy: Type.Enum([...ENERGY_LEVELS]),
    style: Type.Enum([...STYLES]),
    counts: Type.Integer({ description: 'Whole counts of dance in the clip', examples: [16] }),
    reason: Type.String({
      description: 'Why it suits the place',
      examples: ['the music is lively here, and so is the move; it is sensual'],
    }),
    join: Type.String({
      description: 'How it would follow the move before',
      examples: ['follows on the "1", out of much the same poses as Side basic'],
    }),
    compromise: Type.Optional(
      Type.String({
        description: 'What would be given up for it',
        examples: ['it is modern, not sensual'],
      }),
    ),
    clip_url: UrlSchema('Its clip, by an address that is signed as those of `media/`', CLIP_URL),
  },
  { title: 'MoveAlternative' },
);

export const AlternativesSchema = Type.Object(
  {
    index: Type.Integer({ examples: [2] }),
    move_id: Type.String({ description: 'What is danced there', examples: ['ladyturn_1'] }),
    alternatives: Type.Array(AlternativeSchema, {
      description: 'Three at most, the best first; empty where nothing else fits',
    }),
    expires_at: { ...TimestampSchema, description: 'Until when the addresses work' },
  },
  { title: 'MoveAlternatives' },
);
