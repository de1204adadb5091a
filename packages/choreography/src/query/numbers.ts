const numbered = (list: string, first: number, step: number) =>
  list.split(' ').map((word, index) => [word, first + index * step] as const);

const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ...numbered('one two three four five six seven eight nine ten eleven twelve', 1, 1),
  ...numbered('uno dos tres cuatro cinco seis siete ocho nueve diez once doce', 1, 1),
  ...numbered('twenty thirty forty fifty sixty seventy eighty ninety', 20, 10),
  ...numbered('veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa', 20, 10),
  ...numbered('thirteen fourteen fifteen sixteen seventeen eighteen nineteen', 13, 1),
  ...numbered('trece catorce quince dieciseis diecisiete dieciocho diecinueve', 13, 1),
]);

/** A whole number in digits or in a word, English or Spanish; null where it is none. */
export function readNumber(word: string): number | null {
  return /^\d{1,4}$/.test(word) ? Number(word) : (NUMBER_WORDS.get(word) ?? null);
}
