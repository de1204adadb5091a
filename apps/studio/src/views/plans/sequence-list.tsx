import { arrayMove } from '@dnd-kit/sortable';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { type ClassPlanDetail, planQuery, reorderSequences, type Sequence } from '../../api/class-plans.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SortableList } from '../../ui/sortable-list.tsx';
import { Empty } from '../../ui/states.tsx';
import styles from './plans.module.css';
import { SequenceRow } from './sequence-row.tsx';

/** The dances of a class, which are dragged into their order, by pointer or by keyboard. */
export function SequenceList({ plan }: { readonly plan: ClassPlanDetail }) {
  const t = useTranslations('plans.sequence');
  const { sequences } = plan;
  const reordering = useReordering(plan);
  const move = (id: string, to: number): void =>
    reordering.mutate(
      arrayMove(
        sequences,
        sequences.findIndex((each) => each.id === id),
        to,
      ),
    );
  if (sequences.length === 0) return <Empty title={t('empty')}>{t('emptyLead')}</Empty>;
  return (
    <>
      {reordering.isError && <ProblemNotice problem={reordering.error} />}
      <SortableList
        className={styles.sequences}
        items={sequences.map(({ id, choreography }) => ({ id, name: choreography.title }))}
        onMove={move}
      >
        {sequences.map((sequence) => (
          <SequenceRow key={sequence.id} planId={plan.id} sequence={sequence} />
        ))}
      </SortableList>
    </>
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
