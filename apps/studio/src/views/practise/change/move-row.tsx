import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../../ui/button.tsx';
import { join } from '../../../ui/join.ts';
import { Grip, useSortableRow } from '../../../ui/sortable-list.tsx';
import { clock } from '../../../ui/time.ts';
import { usePartWords } from '../../../ui/use-part-words.ts';
import { editOf } from '../logic/edits.ts';
import { MoveDetails } from './move-details.tsx';
import styles from './move-list.module.css';
import type { MoveRowProps } from './move-row-props.ts';

/** What a move is called in the list. */
export const idOfMove = (index: number): string => `move ${index}`;
export const indexOfMove = (id: string): number => Number(id.split(' ')[1]);

/** A move: what it is, when it is danced, what is changed of it; more of it on demand. */
export function MoveRow(props: MoveRowProps) {
  const { move, changes, place, isRemoved, isFixed, isPresent, isOpen, onToggle, onJump } = props;
  const t = useTranslations('practise.change');
  const partWords = usePartWords();
  const detailsId = useId();
  const { row, grip, isDragging } = useSortableRow(idOfMove(move.index), { isFixed: isRemoved || isFixed });
  const replaced = editOf(changes.edits, move.index, 'replace');
  const isMoved = editOf(changes.edits, move.index, 'move') !== undefined;
  const isEntered = editOf(changes.edits, move.index, 'transition') !== undefined;
  const name = replaced?.name ?? move.name;
  return (
    <li
      {...row}
      className={join(
        styles.row,
        isPresent && styles.present,
        isDragging && styles.dragged,
        isOpen && styles.open,
      )}
      aria-current={isPresent ? 'true' : undefined}
      data-testid="move"
    >
      <div className={styles.head}>
        {!isFixed && <Grip grip={grip} label={t('drag', { name })} />}
        <button type="button" className={styles.jump} disabled={isRemoved} onClick={onJump}>
          <span className={styles.place}>{place + 1}</span>
          <span className={styles.what}>
            <span className={join(styles.name, isRemoved && styles.removed)}>{name}</span>
            <span className={styles.when}>
              {clock(move.startSec)}
              {move.counts.length > 0 && ` · ${t('counts', { count: move.counts.length })}`}
              {move.section !== undefined && ` · ${partWords(move.section)}`}
            </span>
          </span>
        </button>
        <span className={styles.marks}>
          {replaced !== undefined && <span>{t('marks.replaced')}</span>}
          {isRemoved && <span>{t('marks.removed')}</span>}
          {isMoved && <span>{t('marks.moved')}</span>}
          {isEntered && <span>{t('marks.entered')}</span>}
        </span>
        <Button
          look="quiet"
          isRound
          aria-expanded={isOpen}
          aria-controls={detailsId}
          aria-label={t('details', { name })}
          onClick={onToggle}
        >
          <ChevronDown aria-hidden="true" className={join(isOpen && styles.turned)} />
        </Button>
      </div>
      <div id={detailsId}>{isOpen && <MoveDetails {...props} name={name} />}</div>
    </li>
  );
}
