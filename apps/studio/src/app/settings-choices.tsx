import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { MenuChoice } from '../ui/menu.tsx';
import { LANGUAGES } from '../words/language.ts';
import { useLanguage } from '../words/words-provider.tsx';
import { chooseLook, chosenLook, LOOKS, type Look } from './look.ts';

/** Each in its own words, for whoever cannot read the others. */
const NAMES_OF_LANGUAGES = { en: 'English', es: 'Español' } as const;

/** Language and look, inside a menu. */
export function SettingsChoices() {
  const t = useTranslations('shell');
  const { language, choose } = useLanguage();
  const [look, setLook] = useState<Look>(chosenLook);
  return (
    <>
      <MenuChoice
        label={t('language')}
        value={language}
        options={LANGUAGES.map((value) => ({ value, label: NAMES_OF_LANGUAGES[value] }))}
        onChange={choose}
      />
      <MenuChoice
        label={t('look')}
        value={look}
        options={LOOKS.map((value) => ({ value, label: t(`looks.${value}`) }))}
        onChange={(chosen) => {
          setLook(chosen);
          chooseLook(chosen);
        }}
      />
    </>
  );
}
