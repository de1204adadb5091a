import Type from 'typebox';
import { BLUEPRINT_DEFAULTS } from '../defaults.ts';
import { MAX_SECONDS } from '../limits.ts';
import { notes } from './annotated.ts';
import { StorageKey } from './storage-key-schema.ts';
import { TRANSITION_TYPES } from './vocabulary.ts';

const timing = {
  start_time: Type.Number({
    minimum: 0,
    maximum: MAX_SECONDS,
    ...notes({
      description:
        'Where the move begins in the video; where that is in the song, output_config.song_start and song_speed tell.',
      unit: 'seconds',
      interaction:
        'Rises from move to move. A move begins where the one before ends, within 0.05 s; an overlap is allowed for a crossfade, up to output_config.transition_duration. Time before the first move is a lead-in: it shows the footage before the trimmed part of the first move where there is any, else holds its first frame.',
      problem: 'cannot be negative',
    }),
  }),
  duration: Type.Number({
    exclusiveMinimum: 0,
    maximum: MAX_SECONDS,
    ...notes({
      description: 'How long the move lasts in the video.',
      unit: 'seconds of video',
      interaction:
        'Needs duration * playback_rate seconds of footage from trim_start on; where the file holds less, its last frame is held.',
      problem: 'must be positive',
    }),
  }),
  transition_type: Type.Optional(
    Type.Enum([...TRANSITION_TYPES], {
      default: BLUEPRINT_DEFAULTS.transitionType,
      ...notes({
        description:
          'How the move is entered: cut (plain join), crossfade (both moves mixed), fade_black or fade_white (out to the colour, then in from it).',
        interaction:
          'Ignored on the first move, which is always entered by a cut. Lengths come from output_config.transition_duration (crossfade) and output_config.fade_duration (fades). In a contiguous timeline a crossfade of length d is centred on start_time T and occupies [T - d/2, T + d/2]: the outgoing clip runs on and the incoming clip starts early, with footage outside their trimmed part where there is any, else the edge frame is held. Where the timeline overlaps, the crossfade is exactly the overlap. A fade goes out during the last fade_duration before T and comes in during the first fade_duration after T.',
      }),
    }),
  ),
};

const footage = {
  original_duration: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      maximum: MAX_SECONDS,
      ...notes({
        description: "Length of the clip's file.",
        unit: 'seconds of clip',
        interaction:
          'Where given, trim_start + duration * playback_rate must not go beyond original_duration - trim_end. Where absent, the file itself tells.',
        problem: 'must be a positive number',
      }),
    }),
  ),
  trim_start: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: MAX_SECONDS,
      default: BLUEPRINT_DEFAULTS.trimStartSec,
      ...notes({
        description: "Where in the clip's file the move begins.",
        unit: 'seconds of clip',
        interaction:
          'Footage before it is shown only under a crossfade into this move, and in the lead-in before the first move.',
        problem: 'must be a non-negative number',
      }),
    }),
  ),
  trim_end: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: MAX_SECONDS,
      default: BLUEPRINT_DEFAULTS.trimEndSec,
      ...notes({
        description: "How much of the end of the clip's file is not part of the move.",
        unit: 'seconds of clip',
        interaction:
          'Footage in it is shown only under a crossfade out of this move, and in the tail after the last move.',
        problem: 'must be a non-negative number',
      }),
    }),
  ),
  playback_rate: Type.Optional(
    Type.Number({
      minimum: 0.25,
      maximum: 4,
      default: BLUEPRINT_DEFAULTS.playbackRate,
      ...notes({
        description: 'Seconds of clip shown per second of video; above 1 is faster than filmed. Since 1.1.',
        unit: 'seconds of clip per second of video',
        interaction: 'Scales duration to footage; trims are clip time and are not scaled.',
        problem: 'must be between 0.25 and 4',
      }),
    }),
  ),
  volume_adjustment: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1,
      default: BLUEPRINT_DEFAULTS.volumeAdjustment,
      ...notes({
        description: 'Loudness of the song while this move runs: 0 is silent, 1 unchanged.',
        unit: 'factor of amplitude',
        interaction: 'Without effect where output_config.add_audio_overlay is false.',
        problem: 'must be between 0 and 1',
      }),
    }),
  ),
};

const forPeople = {
  move_id: Type.Optional(
    Type.String({
      maxLength: 200,
      ...notes({ description: 'Id of the move in the catalogue. Since 1.1; not used for rendering.' }),
    }),
  ),
  move_name: Type.Optional(
    Type.String({
      maxLength: 200,
      ...notes({
        description: 'Name for people, such as "Cross body lead". Since 1.1.',
        interaction: 'Used for captions and chapters, never for choosing footage.',
      }),
    }),
  ),
  move_label: Type.Optional(
    Type.String({
      maxLength: 200,
      ...notes({ description: 'Family of the move in snake_case, such as body_wave. Since 1.1.' }),
    }),
  ),
  counts: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 10_000,
      ...notes({
        description: 'Whole counts danced, eight to a basic step. Since 1.1.',
        unit: 'counts',
        interaction: 'For people; the time the move takes is duration.',
        problem: 'must be a whole number from 1 to 10000',
      }),
    }),
  ),
  lead_in_counts: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 8,
      default: BLUEPRINT_DEFAULTS.leadInCounts,
      ...notes({
        description:
          'Counts at the beginning of the move that are not among counts: it is mixed in over them, in front of its first "1". Since 1.2.',
        unit: 'counts',
        interaction: 'For people and for revisions; start_time is where the move appears.',
        problem: 'must be a whole number from 0 to 8',
      }),
    }),
  ),
  section: Type.Optional(
    Type.String({
      maxLength: 200,
      ...notes({ description: 'Part of the song the move stands in: intro, verse, chorus, ... Since 1.1.' }),
    }),
  ),
  reason: Type.Optional(
    Type.String({
      maxLength: 2_000,
      ...notes({ description: 'Why the move stands here, for people. Since 1.1.' }),
    }),
  ),
};

const ExplanationSchema = Type.Object(
  {
    section: Type.String({ maxLength: 200, description: 'Part of the song, numbered where it comes again.' }),
    phrase: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      description: 'Phrase of 32 counts within the part, from 1.',
      'x-problem': 'must be a whole number from 1 to 10000',
    }),
    eight: Type.Integer({
      minimum: 1,
      maximum: 8,
      description: 'Eight within the phrase, from 1.',
      'x-problem': 'must be a whole number from 1 to 8',
    }),
    why: Type.String({ maxLength: 1_000, description: 'Why the move stands here.' }),
    join: Type.String({ maxLength: 1_000, description: 'How it follows the move before.' }),
    compromise: Type.Optional(
      Type.String({ maxLength: 1_000, description: 'What was given up for it; absent where nothing was.' }),
    ),
  },
  {
    additionalProperties: true,
    description:
      "Where the move stands and why, in a teacher's words. Since 1.2; for people, not for rendering, and absent where somebody put the move by hand.",
  },
);

/** One move: a piece of a clip, placed on the song. */
export const MoveSchema = Type.Object(
  {
    clip_id: Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: '\\S',
      ...notes({ description: 'Name of the move within this blueprint: move_1, move_2, ...' }),
    }),
    video_path: StorageKey({
      description: "Storage key of the clip's video.",
      interaction: 'The same clip may serve several moves.',
    }),
    ...timing,
    ...footage,
    ...forPeople,
    explanation: Type.Optional(ExplanationSchema),
  },
  { description: 'A piece of a clip, placed on the song.', additionalProperties: true },
);
