/** Parts of songs, as the API calls them. */
export const SONG_PARTS = ['intro', 'verse', 'chorus', 'mambo', 'break', 'outro'] as const;

export type SongPart = (typeof SONG_PARTS)[number];

/** "Chorus 2" as its part and its number; undefined where it is none of the parts. */
export function songPartOf(name: string): { part: SongPart; number: number | undefined } | undefined {
  const [label = '', number, ...more] = name.trim().toLowerCase().split(/\s+/);
  const part = SONG_PARTS.find((each) => each === label);
  if (part === undefined || more.length > 0 || (number !== undefined && !/^\d+$/.test(number)))
    return undefined;
  return { part, number: number === undefined ? undefined : Number(number) };
}
