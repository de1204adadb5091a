/** Marks that stand on a letter (accents), once it was taken apart. */
const MARKS = /\p{M}/gu;
/**
 * More than any language puts on one letter (UAX 15, section 13, allows 30). To bring them into order takes time that
 * grows with their square: a body of nothing else would keep everybody waiting.
 */
const TOO_MANY_MARKS = /\p{M}{31,}/u;
const ALL_TOO_MANY_MARKS = new RegExp(TOO_MANY_MARKS, 'gu');
/** The one letter of which capitals have two small forms, by its place in the word. */
const FINAL_SIGMA = /ς/gu;

/** A text in its composed form (NFC), as all are stored; one that is no text of people is left as it is. */
export function composed(text: string): string {
  return TOO_MANY_MARKS.test(text) ? text : text.normalize('NFC');
}

/**
 * What a text is searched and sorted by: compatibility forms taken apart (NFKD), no marks, small letters. "Canción",
 * "CANCIÓN", "cancion" are one, in whatever normal form they come; what only marks were made of is empty.
 */
export function foldForSearch(text: string): string {
  const letters = text.replace(ALL_TOO_MANY_MARKS, '').normalize('NFKD').replace(MARKS, '');
  return lowerCase(letters).normalize('NFKD').replace(MARKS, '');
}

/**
 * What a user name is compared by: without regard to case and to compatibility forms (NFKC), as look-alikes of one
 * name are no two people; accents count. (RFC 8265, section 3.3, maps case alike.)
 */
export function foldForName(name: string): string {
  return TOO_MANY_MARKS.test(name) ? name : lowerCase(name.normalize('NFKC')).normalize('NFKC');
}

/** By way of capitals, so that "straße", "STRASSE" and "STRAẞE" come out the same. */
function lowerCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replace(FINAL_SIGMA, 'σ');
}
