export const LANGUAGES = ['en', 'es'] as const;

export type Language = (typeof LANGUAGES)[number];

const KEY = 'studio.language';

/** What was chosen here before, else the first of the browser's languages that there are words for, else English. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(KEY), ...navigator.languages];
  return firstKnown(wanted) ?? 'en';
}

/** @param wanted tags such as `es-DO`, dearest first */
export function firstKnown(wanted: readonly (string | null)[]): Language | undefined {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => tag?.toLowerCase().split('-')[0] === language);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
}
