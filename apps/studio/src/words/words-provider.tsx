import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { type IntlError, IntlErrorCode, IntlProvider } from 'use-intl';
import { type Language, rememberLanguage } from './language.ts';
import { loadWords, type ShownWords, type Words } from './load-words.ts';

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: Words;
  }
}

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

interface WordsProviderProps {
  /** To begin with. */
  readonly initial: ShownWords;
  readonly children: ReactNode;
}

/**
 * Gives the words of the chosen language to everything inside, as soon as they are there. Where they cannot be loaded, those
 * that are shown stay, and with them the language.
 */
export function WordsProvider({ initial, children }: WordsProviderProps) {
  const [{ language, words }, setShown] = useState(initial);
  const [hasFailed, setFailed] = useState(false);
  const wanted = useRef(initial.language);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const choose = (chosen: Language): void => {
    rememberLanguage(chosen);
    setFailed(false);
    wanted.current = chosen;
    const isStillWanted = (): boolean => wanted.current === chosen;
    loadWords(chosen).then(
      (loaded) => isStillWanted() && setShown(loaded),
      () => isStillWanted() && setFailed(true),
    );
  };
  return (
    <LanguageContext value={{ language, hasFailed, choose }}>
      <IntlProvider locale={language} messages={words} onError={complain}>
        {children}
      </IntlProvider>
    </LanguageContext>
  );
}

/**
 * Times are of the browser's own zone, which is what a formatter takes that is told of none: the library warns of that, for
 * servers. To ask for the zone's name would take a tenth of the first load.
 */
function complain(error: IntlError): void {
  if (error.code !== IntlErrorCode.ENVIRONMENT_FALLBACK) reportError(error);
}
