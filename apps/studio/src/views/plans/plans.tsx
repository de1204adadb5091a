import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useProfile } from '../../api/account.ts';
import {
  type ClassPlan,
  createPlan,
  PLAN_LISTS_KEY,
  type PlanFields,
  plansQuery,
} from '../../api/class-plans.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { useFirstPageAgain } from '../../ui/use-first-page-again.ts';
import { useLater } from '../../ui/use-later.ts';
import { useLevelWords } from '../../ui/use-level-words.ts';
import { View } from '../../ui/view.tsx';
import { PlanForm } from './plan-form.tsx';
import styles from './plans.module.css';

/** What an instructor teaches. */
export function Plans() {
  const t = useTranslations('plans');
  const profile = useProfile().data;
  const [isCreating, setIsCreating] = useState(false);
  if (profile?.is_instructor === false) {
    return (
      <View title={t('title')}>
        <Notice kind="note">
          <p>{t('forInstructors')}</p>
        </Notice>
      </View>
    );
  }
  const create = (
    <Button look="primary" onClick={() => setIsCreating(true)}>
      <Plus aria-hidden="true" />
      {t('create')}
    </Button>
  );
  return (
    <View title={t('title')} lead={t('lead')} actions={create}>
      <PlanList />
      <CreateDialog isOpen={isCreating} onOpenChange={setIsCreating} />
    </View>
  );
}

function PlanList() {
  const t = useTranslations('plans');
  const [typed, setTyped] = useState('');
  const [page, setPage] = useState(1);
  const search = useLater(typed.trim());
  const plans = useQuery(plansQuery({ search, page }));
  useFirstPageAgain(plans.error, () => setPage(1));
  const { data } = plans;
  if (plans.isPending) return <Loading />;
  if (data === undefined) return <ProblemNotice problem={plans.error} onRetry={() => void plans.refetch()} />;
  if (data.count === 0 && search === '') return <Empty title={t('empty')}>{t('emptyLead')}</Empty>;
  return (
    <>
      <TextField
        label={t('search')}
        type="search"
        className={styles.search}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setPage(1);
        }}
      />
      {data.count === 0 && <Empty title={t('nothingFound')} />}
      <ul className={styles.plans}>
        {data.results.map((plan) => (
          <PlanCard key={plan.id} plan={plan} />
        ))}
      </ul>
      <Pager page={page} count={data.count} onPage={setPage} />
    </>
  );
}

function PlanCard({ plan }: { readonly plan: ClassPlan }) {
  const t = useTranslations('plans');
  const levelWords = useLevelWords();
  const facts = [
    levelWords(plan.difficulty_level),
    t('dances', { count: plan.sequence_count }),
    ...(plan.estimated_duration === null ? [] : [t('minutes', { count: plan.estimated_duration })]),
  ];
  return (
    <li className={styles.card}>
      <h2>
        <Link to="/plans/$planId" params={{ planId: plan.id }} className={styles.whole}>
          {plan.title}
        </Link>
      </h2>
      <p className={styles.facts}>{facts.join(' · ')}</p>
      {plan.description !== '' && <p>{plan.description}</p>}
    </li>
  );
}

interface CreateDialogProps {
  readonly isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
}

function CreateDialog({ isOpen, onOpenChange }: CreateDialogProps) {
  const t = useTranslations('plans');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const creating = useMutation({
    mutationFn: createPlan,
    onSuccess: () => queries.invalidateQueries({ queryKey: PLAN_LISTS_KEY }),
  });
  const create = (fields: PlanFields): void =>
    creating.mutate(fields, {
      // Nobody is taken away who has gone elsewhere meanwhile.
      onSuccess: ({ id }) => void navigate({ to: '/plans/$planId', params: { planId: id } }),
    });
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title={t('create')}>
      <PlanForm
        action={t('createAction')}
        isBusy={creating.isPending}
        problem={creating.error}
        onSubmit={create}
      />
    </Dialog>
  );
}
