import { useTranslations } from 'use-intl';
import { songPartOf } from '../api/song-parts.ts';

/** The words for a part of a song, as "Chorus 2"; what is none stays as it is. */
export function usePartWords(): (name: string) => string {
  const words = useTranslations('choices');
  return (name) => {
    const known = songPartOf(name);
    if (known === undefined) return name;
    const text = words(`part.${known.part}`);
    const title = text.charAt(0).toLocaleUpperCase() + text.slice(1);
    return known.number === undefined ? title : `${title} ${known.number}`;
  };
}
