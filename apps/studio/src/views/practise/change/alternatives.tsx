import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Button } from '../../../ui/button.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Loading } from '../../../ui/states.tsx';
import { type Alternative, alternativesQuery } from '../data.ts';
import styles from './alternatives.module.css';

interface AlternativesProps {
  readonly taskId: string;
  readonly index: number;
  /** The one that is chosen already. */
  readonly chosenId: string | undefined;
  onChoose(moveId: string, name: string): void;
}

/** What else could be danced in a place: each with its clip, why it fits, and what would be given up for it. */
export function Alternatives({ taskId, index, chosenId, onChoose }: AlternativesProps) {
  const t = useTranslations('practise.change');
  const found = useQuery(alternativesQuery(taskId, index));
  if (found.isPending) return <Loading label={t('seeking')} />;
  if (found.isError) return <ProblemNotice problem={found.error} onRetry={() => void found.refetch()} />;
  const { alternatives } = found.data;
  if (alternatives.length === 0) return <p className={styles.none}>{t('noAlternatives')}</p>;
  return (
    <ul className={styles.cards}>
      {alternatives.map((alternative) => (
        <Card
          key={alternative.move_id}
          alternative={alternative}
          isChosen={alternative.move_id === chosenId}
          onChoose={() => onChoose(alternative.move_id, alternative.name)}
        />
      ))}
    </ul>
  );
}

interface CardProps {
  readonly alternative: Alternative;
  readonly isChosen: boolean;
  onChoose(): void;
}

function Card({ alternative, isChosen, onChoose }: CardProps) {
  const t = useTranslations('practise.change');
  const { name, reason, compromise, clip_url: clipUrl } = alternative;
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  return (
    <li className={styles.card} data-testid="alternative">
      <video
        className={styles.clip}
        src={clipUrl}
        muted
        loop
        playsInline
        autoPlay={!isStill}
        preload={isStill ? 'metadata' : 'auto'}
        aria-hidden="true"
        tabIndex={-1}
      />
      <div className={styles.text}>
        <strong>{name}</strong>
        <p lang="en">{reason}</p>
        {compromise !== undefined && (
          <p lang="en" className={styles.compromise}>
            {compromise}
          </p>
        )}
        <Button
          size="small"
          look={isChosen ? 'secondary' : 'primary'}
          aria-pressed={isChosen}
          onClick={onChoose}
        >
          {isChosen ? t('chosen') : t('try')}
          <span className="visually-hidden"> {name}</span>
        </Button>
      </div>
    </li>
  );
}
