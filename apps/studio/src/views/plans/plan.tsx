import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { type ClassPlanDetail, planQuery } from '../../api/class-plans.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Loading } from '../../ui/states.tsx';
import { useLevelWords } from '../../ui/use-level-words.ts';
import { View } from '../../ui/view.tsx';
import { AddDance } from './add-dance.tsx';
import { classMinutes } from './minutes.ts';
import { PlanActions } from './plan-actions.tsx';
import styles from './plans.module.css';
import { SequenceList } from './sequence-list.tsx';

/** One class: its dances, in their order. */
export function Plan() {
  const t = useTranslations('plans');
  const { planId } = useParams({ from: '/member/plans/$planId' });
  const plan = useQuery(planQuery(planId));
  if (plan.data !== undefined) return <Shown plan={plan.data} />;
  return (
    <View title={t('title')}>
      {plan.isError ? (
        <ProblemNotice problem={plan.error} onRetry={() => void plan.refetch()} />
      ) : (
        <Loading />
      )}
    </View>
  );
}

function Shown({ plan }: { readonly plan: ClassPlanDetail }) {
  const t = useTranslations('plans');
  const levelWords = useLevelWords();
  const level = levelWords(plan.difficulty_level);
  const total = { count: plan.sequences.length, minutes: classMinutes(plan.sequences) };
  return (
    <View
      title={plan.title}
      lead={total.count === 0 ? level : `${level} · ${t('total', total)}`}
      actions={<PlanActions plan={plan} />}
    >
      {plan.description !== '' && <p className={styles.prose}>{plan.description}</p>}
      {plan.instructor_notes !== '' && <p className={styles.notes}>{plan.instructor_notes}</p>}
      <Panel title={t('sequence.title')}>
        <SequenceList plan={plan} />
        <AddDance planId={plan.id} />
      </Panel>
      <p>
        <ButtonLink to="/plans" look="quiet">
          <ArrowLeft aria-hidden="true" />
          {t('back')}
        </ButtonLink>
      </p>
    </View>
  );
}
