import { type Static, Type } from 'typebox';
import { Nullable, PageOf, PageQuerySchema, QueryText, TimestampSchema } from './fields.ts';

const SONG_FIELDS = {
  id: Type.Integer(),
  title: Type.String(),
  artist: Type.String(),
  duration: Type.Number({ description: 'Seconds' }),
  bpm: Nullable(Type.Integer()),
  genre: Nullable(Type.String()),
  created_at: TimestampSchema,
};

export const SongSchema = Type.Object(SONG_FIELDS);
export const SongDetailSchema = Type.Object({
  ...SONG_FIELDS,
  audio_path: Type.String({ description: 'Storage key' }),
  updated_at: TimestampSchema,
});
export const SongPageSchema = PageOf(SongSchema);

export const SongQuerySchema = Type.Object({
  ...PageQuerySchema,
  genre: QueryText('Part of the genre, in any case'),
  bpm_min: QueryText('Slowest tempo, inclusive'),
  bpm_max: QueryText('Fastest tempo, inclusive'),
  search: QueryText('Part of the title or the artist, in any case'),
  ordering: QueryText('title, artist, bpm, duration or created_at; a minus in front turns it round'),
});
export type SongQuery = Static<typeof SongQuerySchema>;
