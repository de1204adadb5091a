/** One word or punctuation mark of a sentence. */
export interface Token {
  /** Lower case, accents kept: what may be shown. */
  readonly shown: string;
  /** Lower case without accents: what is compared. */
  readonly folded: string;
  readonly isWord: boolean;
}

const APOSTROPHES = /['’‘`´]/gu;
const WORD_OR_STOP = /[\p{L}\p{N}]+|[,.;:!?()]/gu;

/** Lower case without accents; "Romántica" becomes "romantica". */
export function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Splits a sentence into words and stops; "don't" is one word ("dont"), "beginner-friendly" are two. */
export function tokenize(text: string): Token[] {
  const joined = text.normalize('NFC').toLowerCase().replace(APOSTROPHES, '');
  return [...joined.matchAll(WORD_OR_STOP)].map(([shown]) => ({
    shown,
    folded: foldText(shown),
    isWord: /[\p{L}\p{N}]/u.test(shown),
  }));
}

/** The folded words of a text, without stops. */
export function foldedWords(text: string): string[] {
  return tokenize(text)
    .filter((token) => token.isWord)
    .map((token) => token.folded);
}

/** The folded word or stop at a place of a sentence; empty beside it. */
export function wordAt(tokens: readonly Token[], index: number): string {
  return tokens[index]?.folded ?? '';
}

/** Folded words and stops as one text, a space between them. */
export function foldedText(tokens: readonly Token[]): string {
  return tokens.map(({ folded }) => folded).join(' ');
}
