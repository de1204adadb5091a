import type { words as english } from './en/index.ts';
import type { Language } from './language.ts';

export type Words = typeof english;

/** A language, and what is said in it. */
export interface ShownWords {
  readonly language: Language;
  readonly words: Words;
}

const LOADERS: Readonly<Record<Language, () => Promise<{ readonly words: Words }>>> = {
  en: () => import('./en/index.ts'),
  es: () => import('./es/index.ts'),
};

/** Rejects where they cannot be fetched. */
export async function loadWords(language: Language): Promise<ShownWords> {
  return { language, words: (await LOADERS[language]()).words };
}
