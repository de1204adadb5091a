import { ArrowDown, ArrowUp, Repeat1, Replace, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../../ui/button.tsx';
import { OptionField } from '../../../ui/option-field.tsx';
import { editOf, type TransitionType, withEdit, withoutEdit } from '../logic/edits.ts';
import { Alternatives } from './alternatives.tsx';
import styles from './move-list.module.css';
import type { MoveRowProps } from './move-row-props.ts';

const TRANSITIONS = ['cut', 'crossfade', 'fade_black', 'fade_white'] as const satisfies TransitionType[];

/** Why a move stands where it does, and what else could be. */
export function MoveDetails(props: MoveRowProps & { readonly name: string }) {
  const { taskId, move, document, changes, place, isLast, isRemoved, isFixed, name, onLoop, onPlace } = props;
  const t = useTranslations('practise.change');
  const [isSwapping, setIsSwapping] = useState(false);
  const { edits } = changes;
  const { index } = move;
  const removal = { action: 'remove', index } as const;
  if (isRemoved)
    return (
      <div className={styles.details}>
        <Button size="small" onClick={() => changes.change(withoutEdit(edits, index, 'what'))}>
          <Undo2 aria-hidden="true" />
          {t('bringBack')}
        </Button>
      </div>
    );
  const loop = (
    <Button size="small" onClick={onLoop}>
      <Repeat1 aria-hidden="true" />
      {t('loop')}
    </Button>
  );
  if (isFixed)
    return (
      <div className={styles.details}>
        <Why {...{ document }} />
        <div className={styles.actions}>{loop}</div>
      </div>
    );
  const isReplaced = editOf(edits, index, 'replace') !== undefined;
  const transition =
    editOf(edits, index, 'transition')?.transition ?? document?.transition_type ?? 'crossfade';
  return (
    <div className={styles.details}>
      <Why {...{ document }} />
      <div className={styles.actions}>
        {loop}
        <Button
          size="small"
          aria-expanded={isSwapping}
          onClick={() => setIsSwapping(!isSwapping)}
          data-testid="swap"
        >
          <Replace aria-hidden="true" />
          {t('swap')}
        </Button>
        <Button
          size="small"
          isRound
          aria-label={t('earlier', { name })}
          title={t('earlier', { name })}
          disabled={place === 0}
          onClick={() => onPlace(place - 1)}
        >
          <ArrowUp aria-hidden="true" />
        </Button>
        <Button
          size="small"
          isRound
          aria-label={t('later', { name })}
          title={t('later', { name })}
          disabled={isLast}
          onClick={() => onPlace(place + 1)}
        >
          <ArrowDown aria-hidden="true" />
        </Button>
        <Button size="small" look="danger" onClick={() => changes.change(withEdit(edits, removal))}>
          <Trash2 aria-hidden="true" />
          {t('remove')}
        </Button>
        {isReplaced && (
          <Button size="small" look="quiet" onClick={() => changes.change(withoutEdit(edits, index, 'what'))}>
            <Undo2 aria-hidden="true" />
            {t('asItWas', { name: move.name })}
          </Button>
        )}
      </div>
      {isSwapping && (
        <Alternatives
          taskId={taskId}
          index={index}
          chosenId={editOf(edits, index, 'replace')?.moveId}
          onChoose={(moveId, chosen) =>
            changes.change(withEdit(edits, { action: 'replace', index, moveId, name: chosen }))
          }
        />
      )}
      {place > 0 && (
        <OptionField
          label={t('transition')}
          value={transition}
          options={TRANSITIONS.map((value) => ({ value, label: t(`transitions.${value}`) }))}
          onChange={(chosen) =>
            changes.change(withEdit(edits, { action: 'transition', index, transition: chosen }))
          }
        />
      )}
    </div>
  );
}

/** As the planner says it, which is in English. */
function Why({ document }: Pick<MoveRowProps, 'document'>) {
  const t = useTranslations('practise.change');
  const { why, join, compromise } = document?.explanation ?? {};
  const said = why ?? document?.reason;
  if (said === undefined && join === undefined) return <p className={styles.soft}>{t('byHand')}</p>;
  return (
    <dl className={styles.why}>
      {said !== undefined && (
        <div>
          <dt>{t('why')}</dt>
          <dd lang="en">{said}</dd>
        </div>
      )}
      {join !== undefined && (
        <div>
          <dt>{t('join')}</dt>
          <dd lang="en">{join}</dd>
        </div>
      )}
      {compromise !== undefined && (
        <div className={styles.compromise}>
          <dt>{t('compromise')}</dt>
          <dd lang="en">{compromise}</dd>
        </div>
      )}
    </dl>
  );
}
