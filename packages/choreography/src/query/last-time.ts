import type { Token } from './tokens.ts';

/** "Same as last time, but harder": what is meant is known to whoever knows the last dance. */
export interface LastTime {
  /** Steps on the scale of levels: 1 harder, -1 easier. */
  readonly difficulty: -1 | 0 | 1;
  /** Steps on the scale of energy. */
  readonly energy: -1 | 0 | 1;
  /** How much longer, as a factor. */
  readonly length: number;
}

const REFERENCE =
  /\b(same|like|similar to|repeat|redo|again|variation of|version of)\b.{0,25}\b(last|previous|before|earlier|latest)\b|\b(last|previous) (one|time|dance|choreography|routine)\b.{0,20}\b(but|again|with)\b|\b(lo mismo|la misma|el mismo|igual|como|otra vez|repite|repetir)\b.{0,25}\b(ultima|ultimo|anterior|antes)\b|^(the )?same (again|but|one|dance|thing)\b|^(lo mismo|la misma|igual) (pero|otra vez)\b/;
const HARDER =
  /\b(harder|more (difficult|advanced|challenging|complex)|mas (dificil|avanzad[oa]|complicad[oa]))\b/;
const EASIER = /\b(easier|simpler|less (difficult|complex|challenging)|mas (facil|sencill[oa]|simple))\b/;
const LIVELIER =
  /\b(more (energy|energetic|lively|intense)|livelier|faster|mas (energia|energic[oa]|rapid[oa]|movid[oa]))\b/;
const CALMER =
  /\b(calmer|less (energy|energetic|intense)|softer|gentler|slower|more relaxed|mas (tranquil[oa]|calmad[oa]|lent[oa]|suave)|menos energia)\b/;
const LONGER = /\b(longer|mas larg[oa])\b/;
const SHORTER = /\b(shorter|mas cort[oa])\b/;

/** What a sentence says of the dance before; null where it speaks of none. */
export function readLastTime(tokens: readonly Token[]): LastTime | null {
  const text = tokens.map(({ folded }) => folded).join(' ');
  if (!REFERENCE.test(text)) return null;
  const step = (up: RegExp, down: RegExp) => (up.test(text) ? 1 : down.test(text) ? -1 : 0);
  const length = step(LONGER, SHORTER);
  return {
    difficulty: step(HARDER, EASIER),
    energy: step(LIVELIER, CALMER),
    length: length === 1 ? 1.5 : length === -1 ? 1 / 1.5 : 1,
  };
}
