import type { Blueprint } from '@bachata-buddy/blueprint/reading';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { SortableList } from '../../../ui/sortable-list.tsx';
import type { DanceLine } from '../logic/dance-line.ts';
import { editOf, orderOf, withPlace } from '../logic/edits.ts';
import styles from './move-list.module.css';
import { idOfMove, indexOfMove, MoveRow } from './move-row.tsx';
import type { Changes } from './use-changes.ts';

export interface MoveListProps {
  readonly taskId: string;
  /** As it is rendered. */
  readonly blueprint: Blueprint;
  readonly line: DanceLine;
  readonly changes: Changes;
  /** Whether they are only looked at: practice versions are not changed. */
  readonly isFixed: boolean;
  /** Place, in the order that is shown, of the move that is danced. */
  readonly presentPlace: number | undefined;
  /** To where a move begins in what plays, by its place. */
  onJump(place: number): void;
  onLoop(place: number): void;
}

/** The moves in their order, each with why it stands there and what can be done about it. */
export function MoveList(props: MoveListProps) {
  const { line, changes, isFixed, presentPlace, onJump, onLoop } = props;
  const t = useTranslations('practise.change');
  const [openIndex, setOpenIndex] = useState<number | null>(null);
  const order = orderOf(changes.edits, line.moves.length);
  const place = (index: number, to: number): void => {
    if (to < 0 || to >= order.length) return;
    changes.change(withPlace(changes.edits, index, to, order.length));
  };
  /** What is swapped is explained by what it is swapped for. */
  const documentOf = (index: number, ownPlace: number) =>
    (editOf(changes.edits, index, 'replace') && changes.preview?.blueprint.moves[ownPlace]) ??
    props.blueprint.moves[index];
  let placeInDance = -1;
  return (
    <SortableList
      label={t('moves')}
      className={styles.list}
      items={order.map((index) => ({ id: idOfMove(index), name: line.moves[index]?.name ?? '' }))}
      onMove={(id, to) => place(indexOfMove(id), to)}
    >
      {order.map((index, shownPlace) => {
        const isRemoved = editOf(changes.edits, index, 'remove') !== undefined;
        if (!isRemoved) placeInDance += 1;
        const ownPlace = placeInDance;
        const move = line.moves[index];
        if (move === undefined) return null;
        return (
          <MoveRow
            key={index}
            {...{ move, isRemoved, isFixed, changes }}
            taskId={props.taskId}
            document={documentOf(index, ownPlace)}
            place={shownPlace}
            isLast={shownPlace === order.length - 1}
            isPresent={!isRemoved && ownPlace === presentPlace}
            isOpen={openIndex === index}
            onToggle={() => setOpenIndex(openIndex === index ? null : index)}
            onJump={() => onJump(ownPlace)}
            onLoop={() => onLoop(ownPlace)}
            onPlace={(to) => place(index, to)}
          />
        );
      })}
    </SortableList>
  );
}
