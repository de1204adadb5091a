import { create } from 'content-disposition';

const MAX_CHARACTERS = 120;
/** What some file system or other gives a meaning to, and what nobody can see. */
const UNWANTED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\/:*?"<>|]+/gu;

export interface VideoFacts {
  readonly title: string | null;
  readonly song: string | null;
  /** Of what is known by neither. */
  readonly key: string;
}

/** `Content-Disposition` of a video that is kept as a file: called by its song and its title (RFC 6266, RFC 8187). */
export function attachmentOf({ title, song, key }: VideoFacts): string {
  const isNamed = title !== null && (song === null || title.toLowerCase().includes(song.toLowerCase()));
  const parts = isNamed ? [title] : [song, title];
  const text = parts
    .filter((part) => part !== null)
    .join(' - ')
    .replace(UNWANTED, ' ')
    .replace(/\s+/gu, ' ');
  const stem = [...text]
    .slice(0, MAX_CHARACTERS)
    .join('')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  const name = `${stem || key.slice(key.lastIndexOf('/') + 1).replace(/\.mp4$/, '')}.mp4`;
  // For what knows no other letters.
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^ -~]/gu, '_');
  return create(name, { type: 'attachment', fallback: plain });
}
