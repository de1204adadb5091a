import { useMutation, useQueryClient } from '@tanstack/react-query';
import { NotebookPen, Play, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { PLAN_LISTS_KEY, planQuery, removeSequence, type Sequence } from '../../api/class-plans.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { join } from '../../ui/join.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Grip, useSortableRow } from '../../ui/sortable-list.tsx';
import { useLevelWords } from '../../ui/use-level-words.ts';
import styles from './plans.module.css';
import { SequenceDialog } from './sequence-dialog.tsx';

interface SequenceRowProps {
  readonly planId: string;
  readonly sequence: Sequence;
}

/** A dance of a class: where it stands, what is noted of it, what can be done with it. */
export function SequenceRow({ planId, sequence }: SequenceRowProps) {
  const t = useTranslations('plans');
  const { title, difficulty, task_id: taskId } = sequence.choreography;
  const levelWords = useLevelWords();
  const [isNoting, setIsNoting] = useState(false);
  const { row, grip, isDragging } = useSortableRow(sequence.id);
  const removing = useRemoving(planId);
  const minutes = sequence.estimated_time;
  return (
    <li {...row} className={join(styles.sequence, isDragging && styles.lifted)}>
      <Grip grip={grip} label={t('sequence.move', { title })} />
      <div className={styles.dance}>
        <p className={styles.title}>{title}</p>
        <p className={styles.facts}>
          {levelWords(difficulty)}
          {minutes !== null && ` · ${t('minutes', { count: minutes })}`}
        </p>
        {sequence.notes !== '' && <p className={styles.prose}>{sequence.notes}</p>}
        {removing.isError && <ProblemNotice problem={removing.error} />}
      </div>
      <div className={styles.tools}>
        {taskId !== null && (
          <ButtonLink to="/dance/$taskId" params={{ taskId }} size="small">
            <Play aria-hidden="true" />
            {t('sequence.open')}
          </ButtonLink>
        )}
        <Button
          look="quiet"
          size="small"
          isRound
          aria-label={t('sequence.edit', { title })}
          onClick={() => setIsNoting(true)}
        >
          <NotebookPen aria-hidden="true" />
        </Button>
        <Button
          look="quiet"
          size="small"
          isRound
          aria-label={t('sequence.remove', { title })}
          isBusy={removing.isPending}
          onClick={() => removing.mutate(sequence.id)}
        >
          <X aria-hidden="true" />
        </Button>
      </div>
      {isNoting && <SequenceDialog planId={planId} sequence={sequence} onClose={() => setIsNoting(false)} />}
    </li>
  );
}

function useRemoving(planId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (sequenceId: string) => removeSequence(planId, sequenceId),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries(planQuery(planId)),
        queries.invalidateQueries({ queryKey: PLAN_LISTS_KEY }),
      ]),
  });
}
