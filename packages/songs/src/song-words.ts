import { cutText } from '@bachata-buddy/platform';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.aac': 'audio/aac',
  '.wav': 'audio/wav',
  '.flac': 'audio/flac',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
};
/** What songs are called; a space or a dot behind the ending is a slip. */
export const SONG_NAMES = /(\.(?:mp3|m4a|aac|wav|flac|ogg|opus))[ .]*$/i;
export const SONG_ENDINGS = Object.keys(CONTENT_TYPES);

const UNKNOWN_ARTIST = 'Unknown artist';
const MAX_NAME_LENGTH = 200;
const MAX_GENRE_LENGTH = 50;

/** What a song is called, as the catalogue has it. */
export interface SongWords {
  readonly title: string;
  readonly artist: string;
  readonly genre: string | null;
}

/** From its tags (lower-case names); the title else from the file's name. */
export function wordsOfSong(tags: Readonly<Record<string, string>>, fileName: string): SongWords {
  return {
    title: plainText(tags.title, MAX_NAME_LENGTH) ?? titleOf(fileName),
    artist: plainText(tags.artist ?? tags.album_artist, MAX_NAME_LENGTH) ?? UNKNOWN_ARTIST,
    genre: plainText(tags.genre, MAX_GENRE_LENGTH),
  };
}

/** `.mp3` */
export function endingOf(fileName: string): string {
  return (SONG_NAMES.exec(fileName)?.[1] ?? '').toLowerCase();
}

export function contentTypeOf(fileName: string): string {
  return CONTENT_TYPES[endingOf(fileName)] ?? 'application/octet-stream';
}

/** A file's name without its ending. */
export function stemOf(fileName: string): string {
  return fileName.replace(SONG_NAMES, '');
}

/** `eso_es-amor.mp3` to `Eso es amor`. */
function titleOf(fileName: string): string {
  const words = plainText(stemOf(fileName).replace(/[_-]+/g, ' '), MAX_NAME_LENGTH) ?? 'Untitled';
  const [first = ''] = words;
  return cutText(`${first.toUpperCase()}${words.slice(first.length)}`, { length: MAX_NAME_LENGTH });
}

/** On one line, in NFC, as long as the catalogue has room for; null where nothing is left. PostgreSQL refuses NUL. */
function plainText(text: string | undefined, length: number): string | null {
  const line = (text ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim();
  return line === '' ? null : cutText(line, { length }).trim();
}
