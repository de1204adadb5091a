import { useTranslations } from 'use-intl';
import { SONG_PARTS } from '../../api/song-parts.ts';
import { moveName } from '../../ui/move-name.ts';
import type { WishLine } from './wish-lines.ts';

/** Words for one wish of a sentence. */
export function useWishWords(): (line: WishLine) => string {
  const t = useTranslations('make');
  const words = useTranslations('choices');
  return (line) => {
    const { kind, move, name = '', number = 0 } = line;
    if (kind === 'wanted' && move !== undefined) {
      const title = [moveName(move.move), move.direction && t(`directions.${move.direction}`)];
      const details = [
        move.many === true ? t('many') : move.times !== undefined && t('times', { times: move.times }),
        move.exactly === true && t('exactly'),
        move.most !== undefined && t('most', { most: move.most }),
        move.place !== undefined && t(`places.${move.place}`),
        move.in_order === true && t('inOrder'),
      ].filter((detail) => typeof detail === 'string');
      const text = title.filter(Boolean).join(' ');
      return details.length === 0 ? text : `${text} (${details.join(', ')})`;
    }
    if (kind === 'part') {
      const part = SONG_PARTS.find((each) => each === name);
      const text = part === undefined ? name : words(`part.${part}`);
      return t('wish.part', { part: text, number: line.number ?? 0 });
    }
    if (kind === 'refused') return t('wish.refused', { name: moveName(name) });
    if (kind === 'only') return t('wish.only', { name: moveName(name) });
    if (kind === 'length') return t('wish.length', { seconds: number });
    if (kind === 'eights') return t('wish.eights', { number });
    return t('wish.tempo', { number });
  };
}
