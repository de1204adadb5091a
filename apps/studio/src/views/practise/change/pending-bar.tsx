import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Clapperboard, Eye, Redo2, Trash2, Undo2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { hasEnded } from '../../../api/tasks.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useToast } from '../../../ui/toasts.tsx';
import { followedTask, revise } from '../data.ts';
import styles from './pending-bar.module.css';
import type { Changes } from './use-changes.ts';

interface PendingBarProps {
  readonly taskId: string;
  readonly changes: Changes;
  /** Shows what the last change has changed. */
  onLook(): void;
}

/** What is changed and not yet rendered: looked at, taken back, rendered. */
export function PendingBar({ taskId, changes, onLook }: PendingBarProps) {
  const t = useTranslations('practise.change');
  const { edits, canUndo, canRedo, isLooking, refusal } = changes;
  const rendering = useRendering(taskId, changes);
  if (rendering.newTaskId !== undefined) return <Rendering taskId={rendering.newTaskId} />;
  return (
    <>
      {refusal !== null && <ProblemNotice problem={refusal} />}
      {rendering.problem !== null && <ProblemNotice problem={rendering.problem} onRetry={rendering.start} />}
      {(edits.length > 0 || canUndo || canRedo) && (
        <section className={styles.bar} aria-label={t('pendingLabel')} data-testid="pending">
          <p className={styles.text} role="status">
            {isLooking ? t('looking') : t('pending', { count: edits.length })}
          </p>
          <div className={styles.buttons}>
            <Button
              size="small"
              isRound
              aria-label={t('undo')}
              title={t('undo')}
              disabled={!canUndo}
              onClick={changes.undo}
            >
              <Undo2 aria-hidden="true" />
            </Button>
            <Button
              size="small"
              isRound
              aria-label={t('redo')}
              title={t('redo')}
              disabled={!canRedo}
              onClick={changes.redo}
            >
              <Redo2 aria-hidden="true" />
            </Button>
            {edits.length > 0 && (
              <>
                <Button
                  size="small"
                  isRound
                  aria-label={t('discard')}
                  title={t('discard')}
                  onClick={changes.discard}
                >
                  <Trash2 aria-hidden="true" />
                </Button>
                <Button
                  size="small"
                  isRound
                  aria-label={t('look')}
                  title={t('look')}
                  disabled={changes.preview === null}
                  onClick={onLook}
                >
                  <Eye aria-hidden="true" />
                </Button>
                <Button
                  size="small"
                  look="primary"
                  disabled={changes.preview === null}
                  isBusy={rendering.isStarting}
                  onClick={rendering.start}
                >
                  <Clapperboard aria-hidden="true" />
                  {t('render')}
                </Button>
              </>
            )}
          </div>
        </section>
      )}
    </>
  );
}

function useRendering(taskId: string, { edits }: Changes) {
  const client = useQueryClient();
  /** The same wish, asked for again, is the same revision. */
  const wish = useRef({ edits, key: '' });
  const rendering = useMutation({
    mutationFn: () => {
      if (wish.current.edits !== edits || wish.current.key === '')
        wish.current = { edits, key: crypto.randomUUID() };
      return revise(taskId, edits, wish.current.key);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['tasks'] }),
  });
  return {
    newTaskId: rendering.data,
    isStarting: rendering.isPending,
    problem: rendering.error,
    start: () => rendering.mutate(),
  };
}

/** The revision on its way; it is opened when it is there. */
function Rendering({ taskId }: { readonly taskId: string }) {
  const t = useTranslations('practise.change');
  const toast = useToast();
  const navigate = useNavigate();
  const { data: task } = useQuery(followedTask(taskId));
  const isDone = task?.status === 'completed';
  useEffect(() => {
    if (!isDone) return;
    toast(t('rendered'));
    void navigate({ to: '/dance/$taskId', params: { taskId } });
  }, [isDone, navigate, taskId, toast, t]);
  if (task !== undefined && hasEnded(task) && !isDone)
    return (
      <Notice kind="bad" title={t('failed')}>
        <p>{task.error}</p>
      </Notice>
    );
  return (
    <section className={styles.bar} aria-label={t('pendingLabel')} data-testid="rendering">
      <p className={styles.text} role="status">
        {t('rendering')}
      </p>
      <progress
        className={styles.progress}
        value={task?.progress ?? 0}
        max={100}
        aria-label={t('rendering')}
      />
      <Link to="/dance/$taskId" params={{ taskId }}>
        {t('open')}
      </Link>
    </section>
  );
}
