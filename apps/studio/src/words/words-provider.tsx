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
  /** What is shown. */
  readonly language: Language;
  /** Another one was chosen, and its words could not be loaded. */
  readonly hasFailed: boolean;
  choose(language: Language): void;
}

const LanguageContext = createContext<LanguageChoice | null>(null);

/** @throws Error outside a {@link WordsProvider} */
export function useLanguage(): LanguageChoice {
  const choice = useContext(LanguageContext);
  if (choice === null) throw new Error('There is no WordsProvider around this.');
  return choice;
}

/** Said where there are no words yet, so in all languages. */
const NOT_LOADED = 'The page could not be loaded: reload it. · No se pudo cargar la página: recárgala.';

/**
 * Gives the words of the chosen language to everything inside, as soon as they are there. Where they cannot be loaded, those
 * that are shown stay, and with them the language.
 */
export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<{ language: Language; words: Words } | null>(null);
  // A new object for each choice, so that the same language may be tried again.
  const [wanted, setWanted] = useState(() => ({ language: preferredLanguage() }));
  const [hasFailed, setFailed] = useState(false);

  useEffect(() => {
    let isCurrent = true;
    const { language } = wanted;
    LOADERS[language]().then(
      ({ words }) => {
        if (!isCurrent) return;
        setShown({ language, words });
        document.documentElement.lang = language;
      },
      () => isCurrent && setFailed(true),
    );
    return () => {
      isCurrent = false;
    };
  }, [wanted]);

  const choose = (chosen: Language): void => {
    rememberLanguage(chosen);
    setFailed(false);
    setWanted({ language: chosen });
  };
  if (shown === null) return hasFailed ? <p role="alert">{NOT_LOADED}</p> : null;
  return (
    <LanguageContext value={{ language: shown.language, hasFailed, choose }}>
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
