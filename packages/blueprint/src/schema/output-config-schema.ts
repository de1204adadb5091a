import Type from 'typebox';
import { BLUEPRINT_DEFAULTS } from '../defaults.ts';
import { MAX_SECONDS } from '../limits.ts';
import { notes } from './annotated.ts';
import { StorageKey } from './storage-key-schema.ts';
import { AUDIO_CODECS, OUTPUT_FORMATS, VIDEO_CODECS } from './vocabulary.ts';

/** Digits with an optional fraction and an optional k or M; bounded, for it ends up in an encoder's arguments. */
const BITRATE_PATTERN = '^\\d{1,9}(\\.\\d{1,3})?[kKM]?$';
const BITRATE_PROBLEM = 'must be a bitrate such as 128k or 2M';

const encoding = {
  output_format: Type.Optional(
    Type.Enum([...OUTPUT_FORMATS], {
      default: BLUEPRINT_DEFAULTS.outputFormat,
      ...notes({ description: 'Container of the video.' }),
    }),
  ),
  video_codec: Type.Optional(
    Type.Enum([...VIDEO_CODECS], {
      default: BLUEPRINT_DEFAULTS.videoCodec,
      ...notes({ description: 'Encoder of the picture. Both values mean H.264.' }),
    }),
  ),
  audio_codec: Type.Optional(
    Type.Enum([...AUDIO_CODECS], {
      default: BLUEPRINT_DEFAULTS.audioCodec,
      ...notes({ description: 'Encoder of the sound.' }),
    }),
  ),
  video_bitrate: Type.Optional(
    Type.String({
      pattern: BITRATE_PATTERN,
      ...notes({
        description: 'Target bitrate of the picture, 100k to 100M.',
        unit: 'bits per second; k and M are 10^3 and 10^6',
        interaction:
          'Applies to what is encoded; pictures that are copied stay as they are. Where absent, the renderer aims at a quality instead.',
        problem: BITRATE_PROBLEM,
      }),
    }),
  ),
  audio_bitrate: Type.Optional(
    Type.String({
      pattern: BITRATE_PATTERN,
      default: BLUEPRINT_DEFAULTS.audioBitrate,
      ...notes({
        description: 'Target bitrate of the sound, 16k to 512k.',
        unit: 'bits per second; k and M are 10^3 and 10^6',
        problem: BITRATE_PROBLEM,
      }),
    }),
  ),
  frame_rate: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      minimum: 1,
      maximum: 120,
      default: BLUEPRINT_DEFAULTS.frameRate,
      ...notes({
        description: 'Frame rate of the video, from 1 to 120.',
        unit: 'frames per second',
        interaction:
          'At 30, the rate that clips are prepared in, it is nominal: the pictures of a clip that is retimed keep their own times, 24 to 37.5 a second at rates of 0.8 to 1.25, and every move begins exactly at start_time. At any other value every picture is encoded, and cut points are placed on the frame nearest to start_time.',
        problem: 'must be a positive number',
      }),
    }),
  ),
  constant_frame_rate: Type.Optional(
    Type.Boolean({
      default: BLUEPRINT_DEFAULTS.constantFrameRate,
      ...notes({
        description: 'Whether every picture is shown equally long. Since 1.2.',
        interaction:
          'Costs the encoding of the whole video. Cut points are then placed on the frame nearest to start_time.',
      }),
    }),
  ),
};

const mixing = {
  transition_duration: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 10,
      default: BLUEPRINT_DEFAULTS.transitionDurationSec,
      ...notes({
        description: 'Length of a crossfade, both halves together.',
        unit: 'seconds',
        interaction:
          'Also the longest overlap of two moves. A crossfade is shortened so that it takes at most half of either move; 0 makes every crossfade a cut.',
        problem: 'must be a non-negative number',
      }),
    }),
  ),
  fade_duration: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 10,
      default: BLUEPRINT_DEFAULTS.fadeDurationSec,
      ...notes({
        description: 'Length of a fade out to a colour, and again of the fade in from it.',
        unit: 'seconds',
        interaction: 'Shortened so that it takes at most half of either move; 0 makes every fade a cut.',
        problem: 'must be a non-negative number',
      }),
    }),
  ),
  add_audio_overlay: Type.Optional(
    Type.Boolean({
      default: BLUEPRINT_DEFAULTS.addAudioOverlay,
      ...notes({
        description: 'Whether the song is laid under the video; without it the video has no sound.',
      }),
    }),
  ),
  normalize_audio: Type.Optional(
    Type.Boolean({
      default: BLUEPRINT_DEFAULTS.normalizeAudio,
      ...notes({
        description: 'Whether the song is brought to a common loudness.',
        interaction: 'Done before volume_adjustment. Without effect where add_audio_overlay is false.',
      }),
    }),
  ),
};

const excerpting = {
  song_start: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: MAX_SECONDS,
      default: BLUEPRINT_DEFAULTS.songStartSec,
      ...notes({
        description: 'Where in the song the video begins. Since 1.2.',
        unit: 'seconds of song',
        interaction:
          'All times of the document are times of the video: what is at t in it is heard with what is at song_start + t * song_speed in the song.',
        problem: 'cannot be negative',
      }),
    }),
  ),
  song_fade_out: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 30,
      default: BLUEPRINT_DEFAULTS.songFadeOutSec,
      ...notes({
        description: 'Over how long the song is faded out, up to the end of the video. Since 1.2.',
        unit: 'seconds',
        interaction: 'Without effect where add_audio_overlay is false.',
        problem: 'must be between 0 and 30',
      }),
    }),
  ),
};

const practising = {
  song_speed: Type.Optional(
    Type.Number({
      minimum: 0.5,
      maximum: 2,
      default: BLUEPRINT_DEFAULTS.songSpeed,
      ...notes({
        description: 'How fast the song is played, its pitch kept. Since 1.2.',
        unit: 'seconds of song per second of video',
        interaction:
          'Times of the document are times of the video: see song_start. The picture is not changed by it: see playback_rate.',
        problem: 'must be between 0.5 and 2',
      }),
    }),
  ),
  mirrored: Type.Optional(
    Type.Boolean({
      default: BLUEPRINT_DEFAULTS.mirrored,
      ...notes({
        description: 'Whether left and right are exchanged, as in a mirror. Since 1.2.',
        interaction: 'Costs the encoding of the whole video.',
      }),
    }),
  ),
  show_counts: Type.Optional(
    Type.Boolean({
      default: BLUEPRINT_DEFAULTS.showCounts,
      ...notes({
        description: 'Whether the picture shows the counts, 1 to 8. Since 1.2.',
        interaction:
          'Moves that say their counts have them, from the first "1" of each. Costs the encoding of the whole video.',
      }),
    }),
  ),
};

/** How and where the video is written. */
export const OutputConfigSchema = Type.Object(
  {
    output_path: StorageKey({
      description: 'Storage key of the video to write.',
      interaction: 'Must not be one of the files the video is made from.',
    }),
    ...encoding,
    ...mixing,
    ...excerpting,
    ...practising,
  },
  { description: 'How and where the video is written.', additionalProperties: true },
);
