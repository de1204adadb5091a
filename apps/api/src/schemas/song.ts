import { PEAKS_PER_SEC, SECTION_LABELS } from '@bachata-buddy/music';
import { SONG_STATUSES } from '@bachata-buddy/vocabulary';
import { type Static, Type } from 'typebox';
import { Nullable, PageOf, PageQuerySchema, QueryText, Text, TimestampSchema } from './fields.ts';

const SONG_FIELDS = {
  id: Type.Integer({ examples: [1] }),
  title: Type.String({ examples: ['Bachata Rosa'] }),
  artist: Type.String({ examples: ['Juan Luis Guerra'] }),
  duration: Type.Number({ description: 'Seconds', examples: [252.4] }),
  bpm: Nullable(Type.Integer({ examples: [130] })),
  genre: Nullable(Type.String({ examples: ['Modern Bachata'] })),
  created_at: TimestampSchema,
  is_own: Type.Optional(
    Type.Boolean({ description: "Only of the caller's own song, which nobody else sees", examples: [true] }),
  ),
  status: Type.Optional(
    Type.Enum([...SONG_STATUSES], {
      description: 'Of an own song: `analysing` while it is listened to; then it can be danced to, or not',
      examples: ['ready'],
    }),
  ),
  failure: Type.Optional(
    Type.String({
      description: 'Of an own song that failed: why nobody can dance to it',
      examples: ['No beat could be found in it: it is silent, or too short.'],
    }),
  ),
};

const Sureness = (of: string) =>
  Type.Number({ minimum: 0, maximum: 1, description: `How sure ${of} is`, examples: [0.9] });

const SongAnalysisSchema = Type.Object(
  {
    tempo_bpm: Type.Number({ description: 'Beats a minute; 0 where no beat was found', examples: [130.02] }),
    time_signature: Type.Enum(['4/4', '3/4', '6/8']),
    is_corrected: Type.Boolean({ description: 'Whether somebody has said how the song is counted' }),
    eights: Type.Array(Type.Number(), {
      description: 'Seconds at which dancers count "1" of eight',
      examples: [[1.2, 4.9]],
    }),
    confidence: Type.Object({
      tempo: Sureness('the tempo'),
      beat: Sureness('the beat'),
      downbeat: Sureness('the "1" of four'),
      eight: Sureness('the "1" of eight'),
    }),
  },
  {
    title: 'SongAnalysis',
    description: 'What was heard in the song; absent where nobody has listened to it yet',
  },
);

const Seconds = (description: string, examples: readonly number[]) =>
  Type.Array(Type.Number(), { description: `Seconds ${description}`, examples: [[...examples]] });

export const WaveformSchema = Type.Object(
  {
    song_id: SONG_FIELDS.id,
    duration_sec: Type.Number({ examples: [252.4] }),
    tempo_bpm: Type.Number({ description: 'Beats a minute; 0 where no beat was found', examples: [130.02] }),
    peaks_per_sec: Type.Integer({ examples: [PEAKS_PER_SEC] }),
    peaks: Type.Array(Type.Number({ minimum: 0, maximum: 1 }), {
      description: 'How loud it is, evenly over the song; 1 is its loudest',
      examples: [[0, 0.08, 0.52, 0.49]],
    }),
    beats_sec: Seconds('of each count', [1.2, 1.66, 2.13]),
    downbeats_sec: Seconds('of each "1" of four', [1.2, 3.05]),
    eights_sec: Seconds('of each "1" of eight', [1.2, 4.9]),
    sections: Type.Array(
      Type.Object({
        kind: Type.Enum([...SECTION_LABELS]),
        start_sec: Type.Number({ examples: [1.2] }),
        end_sec: Type.Number({ examples: [16] }),
        confidence: Sureness('what the part is called'),
      }),
      { description: 'Parts of the song, one after the other' },
    ),
  },
  { title: 'Waveform' },
);

export const SongSchema = Type.Object(SONG_FIELDS, { title: 'Song' });
export const SongDetailSchema = Type.Object(
  {
    ...SONG_FIELDS,
    audio_path: Type.String({ description: 'Storage key', examples: ['songs/bachata_rosa.mp3'] }),
    updated_at: TimestampSchema,
    analysis: Type.Optional(SongAnalysisSchema),
  },
  { title: 'SongDetail' },
);
export const SongPageSchema = PageOf(SongSchema);

export const SongParamsSchema = Type.Object({ song_id: Type.String() });

export const SongQuerySchema = Type.Object({
  ...PageQuerySchema,
  genre: QueryText('Part of the genre, in any case, accents or not'),
  bpm_min: QueryText('Slowest tempo, inclusive'),
  bpm_max: QueryText('Fastest tempo, inclusive'),
  search: QueryText('Part of the title or the artist, in any case, accents or not'),
  own: QueryText("`true`: only the caller's own"),
  ordering: QueryText('title, artist, bpm, duration or created_at; a minus in front turns it round'),
});
export type SongQuery = Static<typeof SongQuerySchema>;

/** A form with a song. */
export const OwnSongSchema = Type.Object(
  {
    file: Type.String({
      format: 'binary',
      description: 'An mp3, m4a, wav, flac, ogg or opus file',
      examples: ['(the bytes of song.mp3)'],
    }),
    title: Type.Optional(
      Text({ maxLength: 200, description: "Default: as the file's tags say", examples: ['Obsesion'] }),
    ),
    artist: Type.Optional(
      Text({ maxLength: 200, description: "Default: as the file's tags say", examples: ['Aventura'] }),
    ),
    rights: Type.Boolean({
      description: 'Must be true: the caller may use this song so, for themselves',
      examples: [true],
    }),
  },
  { additionalProperties: false },
);

const MOST_SHIFTED_COUNTS = 7;

/** How a song is counted where it was misheard. */
export const SongGridSchema = Type.Object(
  {
    tempo: Type.Optional(
      Type.Enum(['half', 'double'], {
        description: 'It is counted at half of the measured tempo, or at its double',
      }),
    ),
    shift_counts: Type.Optional(
      Type.Integer({
        minimum: -MOST_SHIFTED_COUNTS,
        maximum: MOST_SHIFTED_COUNTS,
        description: 'The "1" comes so many counts later than was heard; below 0: earlier',
        examples: [2],
      }),
    ),
    first_eight_sec: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 99_999,
        description: 'The beat nearest to this second is the "1" of an eight',
        examples: [12.4],
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'Takes the place of what was said before; with nothing in it, the measured counts hold',
  },
);
