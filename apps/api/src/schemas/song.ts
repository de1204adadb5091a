import { PEAKS_PER_SEC, SECTION_LABELS } from '@bachata-buddy/music';
import { type Static, Type } from 'typebox';
import { Nullable, PageOf, PageQuerySchema, QueryText, TimestampSchema } from './fields.ts';

const SONG_FIELDS = {
  id: Type.Integer({ examples: [1] }),
  title: Type.String({ examples: ['Bachata Rosa'] }),
  artist: Type.String({ examples: ['Juan Luis Guerra'] }),
  duration: Type.Number({ description: 'Seconds', examples: [252.4] }),
  bpm: Nullable(Type.Integer({ examples: [130] })),
  genre: Nullable(Type.String({ examples: ['Modern Bachata'] })),
  created_at: TimestampSchema,
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

export const SongQuerySchema = Type.Object({
  ...PageQuerySchema,
  genre: QueryText('Part of the genre, in any case, accents or not'),
  bpm_min: QueryText('Slowest tempo, inclusive'),
  bpm_max: QueryText('Fastest tempo, inclusive'),
  search: QueryText('Part of the title or the artist, in any case, accents or not'),
  ordering: QueryText('title, artist, bpm, duration or created_at; a minus in front turns it round'),
});
export type SongQuery = Static<typeof SongQuerySchema>;
