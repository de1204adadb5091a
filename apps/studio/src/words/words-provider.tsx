import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { IntlProvider } from 'use-intl';
import type { words as english } from './en/index.ts';
import type { Language } from './language.ts';
import { preferredLanguage, rememberLanguage } from './language.ts';

type Words = typeof english;

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: Words;
  }
}

const LOADERS: Readonly<Record<Language, () => Promise<{ readonly words: Words }>>> = {
  en: () => import('./en/index.ts'),
  es: () => import('./es/index.ts'),
};

interface LanguageChoice {
  readonly language: Language;
  choose(language: Language): void;
}

const LanguageContext = createContext<LanguageChoice | null>(null);

/** @throws Error outside a {@link WordsProvider} */
export function useLanguage(): LanguageChoice {
  const choice = useContext(LanguageContext);
  if (choice === null) throw new Error('There is no WordsProvider around this.');
  return choice;
}

/** Gives the words of the chosen language to everything inside, as soon as they are there. */
export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<{ language: Language; words: Words } | null>(null);
  const [language, setLanguage] = useState(preferredLanguage);
  const [failure, setFailure] = useState<unknown>(null);

  useEffect(() => {
    let isCurrent = true;
    LOADERS[language]().then(
      ({ words }) => {
        if (isCurrent) setShown({ language, words });
      },
      (thrown: unknown) => setFailure(thrown),
    );
    document.documentElement.lang = language;
    return () => {
      isCurrent = false;
    };
  }, [language]);

  const choose = (chosen: Language): void => {
    rememberLanguage(chosen);
    setLanguage(chosen);
  };
  if (failure !== null) throw failure;
  if (shown === null) return null;
  return (
    <LanguageContext value={{ language, choose }}>
      <IntlProvider
        locale={shown.language}
        messages={shown.words}
        timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
      >
        {children}
      </IntlProvider>
    </LanguageContext>
  );
}
