const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export interface TextRoom {
  /** UTF-16 units. */
  readonly length: number;
  /** Bytes of UTF-8; as many as there are unless told. */
  readonly bytes?: number | undefined;
}

/**
 * As much of a text's beginning as there is room for, cut between characters as people see them (a letter with its accents,
 * an emoji with its parts), never in one. Only a first character for which there is no room is cut, between its code points.
 *
 * Source: Unicode UAX 29, extended grapheme clusters.
 */
export function cutText(text: string, room: TextRoom): string {
  if (fits(text, room)) return text;
  const whole = longest(charactersOf(text), room);
  return whole === '' ? longest(text.slice(0, room.length + 1), room) : whole;
}

function* charactersOf(text: string): Generator<string> {
  for (const { segment } of characters.segment(text)) yield segment;
}

function longest(parts: Iterable<string>, room: TextRoom): string {
  let kept = '';
  for (const part of parts) {
    if (!fits(kept + part, room)) break;
    kept += part;
  }
  return kept;
}

function fits(text: string, { length, bytes }: TextRoom): boolean {
  return text.length <= length && (bytes === undefined || Buffer.byteLength(text) <= bytes);
}
