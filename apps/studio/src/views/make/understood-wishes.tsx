import { Footprints, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Understood } from '../../api/generation.ts';
import { LEVELS } from '../../api/levels.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import styles from './by-sentence.module.css';
import { useWishWords } from './use-wish-words.ts';
import { ENERGIES, type Parameters, STYLES } from './wish-form.ts';
import { wishLines } from './wish-lines.ts';

interface UnderstoodWishesProps {
  readonly understood: Understood['understood'];
  readonly parameters: Parameters;
  readonly isBusy: boolean;
  onChange(parameters: Parameters): void;
  onDance(): void;
}

/** What was understood of a sentence, wish by wish, each to be corrected. */
export function UnderstoodWishes(props: UnderstoodWishesProps) {
  const { understood, parameters, isBusy, onChange, onDance } = props;
  const t = useTranslations('make');
  const words = useTranslations('choices');
  const wishWords = useWishWords();
  const lines = wishLines(parameters.wishes ?? {});
  return (
    <section className={styles.understood} aria-labelledby="understood">
      <div>
        <h2 id="understood">{t('understood')}</h2>
        <p className={styles.soft}>
          {understood.words.length === 0
            ? t('understoodNothing')
            : t('understoodWords', { words: understood.words.join(', ') })}
        </p>
      </div>
      {lines.length > 0 && (
        <ul className={styles.wishes} aria-label={t('wishes')}>
          {lines.map((line) => (
            <li key={line.id}>
              {wishWords(line)}
              <Button
                look="quiet"
                size="small"
                isRound
                aria-label={t('drop', { wish: wishWords(line) })}
                onClick={() => onChange({ ...parameters, wishes: line.without })}
              >
                <X aria-hidden="true" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Choice
        label={t('level')}
        value={parameters.difficulty}
        options={LEVELS.map((value) => ({ value, label: words(`level.${value}`) }))}
        onChange={(difficulty) => onChange({ ...parameters, difficulty })}
      />
      <Choice
        label={t('energy')}
        value={parameters.energy_level}
        options={ENERGIES.map((value) => ({ value, label: words(`energy.${value}`) }))}
        onChange={(energy) => onChange({ ...parameters, energy_level: energy })}
      />
      <Choice
        label={t('style')}
        value={parameters.style}
        options={STYLES.map((value) => ({ value, label: words(`style.${value}`) }))}
        onChange={(style) => onChange({ ...parameters, style })}
      />
      <Button look="primary" size="large" isBusy={isBusy} onClick={onDance}>
        <Footprints aria-hidden="true" />
        {isBusy ? t('listening') : t('dance')}
      </Button>
    </section>
  );
}
