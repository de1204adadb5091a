import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { type ClassPlanDetail, planQuery, reorderSequences, type Sequence } from '../../api/class-plans.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Empty } from '../../ui/states.tsx';
import styles from './plans.module.css';
import { SequenceRow } from './sequence-row.tsx';

/** Below this a press is a press. */
const DRAG_DISTANCE_PX = 6;

/** The dances of a class, which are dragged into their order, by pointer or by keyboard. */
export function SequenceList({ plan }: { readonly plan: ClassPlanDetail }) {
  const t = useTranslations('plans.sequence');
  const { sequences } = plan;
  const reordering = useReordering(plan);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: DRAG_DISTANCE_PX } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const placeOf = (id: string | number): number => sequences.findIndex((each) => each.id === id);
  const said = (id: string | number, overId: string | number = id) => ({
    title: sequences[placeOf(id)]?.choreography.title ?? '',
    place: placeOf(overId) + 1,
    count: sequences.length,
  });
  const onDragEnd = ({ active, over }: DragEndEvent): void => {
    if (over === null || over.id === active.id) return;
    reordering.mutate(arrayMove(sequences, placeOf(active.id), placeOf(over.id)));
  };
  if (sequences.length === 0) return <Empty title={t('empty')}>{t('emptyLead')}</Empty>;
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{
        screenReaderInstructions: { draggable: t('instructions') },
        announcements: {
          onDragStart: ({ active }) => t('lifted', said(active.id)),
          onDragOver: ({ active, over }) => t('moved', said(active.id, over?.id)),
          onDragEnd: ({ active, over }) => t('moved', said(active.id, over?.id)),
          onDragCancel: ({ active }) => t('dropped', said(active.id)),
        },
      }}
    >
      {reordering.isError && <ProblemNotice problem={reordering.error} />}
      <SortableContext items={sequences.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
        <ol className={styles.sequences}>
          {sequences.map((sequence) => (
            <SequenceRow key={sequence.id} planId={plan.id} sequence={sequence} />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

/** Shown in the new order at once; in the old one again where that is refused. */
function useReordering(plan: ClassPlanDetail) {
  const queries = useQueryClient();
  const { queryKey } = planQuery(plan.id);
  return useMutation({
    mutationFn: (sequences: readonly Sequence[]) =>
      reorderSequences(
        plan.id,
        sequences.map(({ id }) => id),
      ),
    onMutate: async (sequences) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData(queryKey);
      if (before !== undefined) queries.setQueryData(queryKey, { ...before, sequences: [...sequences] });
      return before;
    },
    onError: (_problem, _sequences, before) => {
      if (before !== undefined) queries.setQueryData(queryKey, before);
    },
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
}
