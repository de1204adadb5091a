import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { addSequence, dancesToAddQuery } from '../../api/class-plans.ts';
import { CLASS_PLANS_KEY } from '../../api/collections.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Loading } from '../../ui/states.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { useLater } from '../../ui/use-later.ts';
import styles from './plans.module.css';

/** Puts dances of the collection at the end of a class. */
export function AddDance({ planId }: { readonly planId: string }) {
  const t = useTranslations('plans.sequence');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <p>
        <Button look="primary" onClick={() => setIsOpen(true)}>
          <Plus aria-hidden="true" />
          {t('add')}
        </Button>
      </p>
      <Dialog isOpen={isOpen} onOpenChange={setIsOpen} title={t('addTitle')}>
        <Dances planId={planId} />
      </Dialog>
    </>
  );
}

function Dances({ planId }: { readonly planId: string }) {
  const t = useTranslations('plans.sequence');
  const queries = useQueryClient();
  const toast = useToast();
  const [typed, setTyped] = useState('');
  const dances = useQuery(dancesToAddQuery(useLater(typed.trim())));
  const adding = useMutation({
    mutationFn: (choreographyId: string) => addSequence(planId, choreographyId),
    onSuccess: async ({ choreography }) => {
      toast(t('added', { title: choreography.title }));
      await queries.invalidateQueries({ queryKey: CLASS_PLANS_KEY });
    },
  });
  return (
    <div className={styles.form}>
      <TextField
        label={t('search')}
        type="search"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {dances.isPending && <Loading />}
      {dances.isError && <ProblemNotice problem={dances.error} onRetry={() => void dances.refetch()} />}
      {adding.isError && <ProblemNotice problem={adding.error} />}
      {dances.data?.count === 0 && <p className={styles.facts}>{t('noDances')}</p>}
      <ul className={styles.dances}>
        {dances.data?.results.map(({ id, title, song_title: song }) => (
          <li key={id}>
            <div className={styles.dance}>
              <p className={styles.title}>{title}</p>
              <p className={styles.facts}>{song}</p>
            </div>
            <Button
              size="small"
              isRound
              aria-label={t('addNamed', { title })}
              isBusy={adding.isPending && adding.variables === id}
              onClick={() => adding.mutate(id)}
            >
              <Plus aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
