/** Marks that stand on a letter (accents), once it was taken apart. */
const MARKS = /\p{M}/gu;
/** The one letter of which capitals have two small forms, by its place in the word. */
const FINAL_SIGMA = /ς/gu;

/**
 * What a text is searched and sorted by: compatibility forms taken apart (NFKD), no marks, small letters. "Canción",
 * "CANCIÓN", "cancion" are one, in whatever normal form they come; what only marks were made of is empty.
 */
export function foldForSearch(text: string): string {
  return lowerCase(text.normalize('NFKD').replace(MARKS, '')).normalize('NFKD').replace(MARKS, '');
}

/**
 * What a user name is compared by: without regard to case and to compatibility forms (NFKC), as look-alikes of one
 * name are no two people; accents count. (RFC 8265, section 3.3, maps case alike.)
 */
export function foldForName(name: string): string {
  return lowerCase(name.normalize('NFKC')).normalize('NFKC');
}

/** By way of capitals, so that "straße", "STRASSE" and "STRAẞE" come out the same. */
function lowerCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replace(FINAL_SIGMA, 'σ');
}
