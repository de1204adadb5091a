import { Type } from 'typebox';
import { QueryText } from './fields.ts';
import { BLUEPRINT_EXAMPLE, BlueprintPartSchema } from './task.ts';
import { TASK_MEDIA_EXAMPLE, TaskMediaSchema } from './task-media.ts';

const MAX_EDITS = 50;
/** Longest transition that a blueprint may ask for. */
export const MAX_TRANSITION_SEC = 10;
export const EDIT_ACTIONS = ['replace', 'another', 'remove', 'move', 'transition'] as const;

/** Edits are of several shapes, which is more than the usual validation can put into words: see edits-of.ts. */
export const RevisionSchema = Type.Object(
  {
    edits: Type.Unsafe<unknown[]>({
      type: 'array',
      minItems: 1,
      maxItems: MAX_EDITS,
      description: [
        'All are made together, or none. `index` counts the moves of the blueprint as it is, from 0.',
        '`replace`: the move `move_id` of the library instead. `another`: one that suits the place as well.',
        '`remove`: its neighbours fill its place. `move`: it goes to place `to`, counted from 0 as the moves before it in',
        'the list leave them, where the counts of the song allow it. `transition`: the move is entered by `transition_type`;',
        `\`duration\` (seconds, up to ${MAX_TRANSITION_SEC}) is for every crossfade, or every fade, of the video.`,
      ].join(' '),
      examples: [
        [
          { action: 'replace', index: 2, move_id: 'ladyturn_1' },
          { action: 'another', index: 5 },
          { action: 'remove', index: 7 },
          { action: 'move', index: 9, to: 11 },
          { action: 'transition', index: 4, transition_type: 'crossfade', duration: 0.4 },
        ],
      ],
    }),
  },
  { additionalProperties: false },
);

export const PreviewQuerySchema = Type.Object({
  preview: QueryText('`1`: only show what the edits would make'),
});

export const PreviewSchema = Type.Object(
  { blueprint: BlueprintPartSchema, media: TaskMediaSchema },
  {
    title: 'RevisionPreview',
    description: 'The document that the edits would make, not kept anywhere',
    examples: [{ blueprint: BLUEPRINT_EXAMPLE, media: TASK_MEDIA_EXAMPLE }],
  },
);
