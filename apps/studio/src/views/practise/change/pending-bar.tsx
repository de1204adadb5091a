import { Clapperboard, Eye, Redo2, Trash2, Undo2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '../../../ui/button.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import styles from './pending-bar.module.css';
import { RevisionNotice } from './revision-notice.tsx';
import type { Changes } from './use-changes.ts';
import { useRendering } from './use-rendering.ts';

interface PendingBarProps {
  readonly taskId: string;
  readonly changes: Changes;
  /** Shows what the last change has changed. */
  onLook(): void;
}

/** What is changed and not yet rendered: looked at, taken back, rendered. */
export function PendingBar({ taskId, changes, onLook }: PendingBarProps) {
  const t = useTranslations('practise.change');
  const { edits, canUndo, canRedo, isLooking, refusal, problem } = changes;
  const rendering = useRendering(taskId, changes);
  return (
    <>
      {rendering.revision !== undefined && (
        <RevisionNotice
          key={rendering.revision.taskId}
          revision={rendering.revision}
          hasLaterChanges={rendering.hasLaterChanges}
        />
      )}
      {refusal !== null && <ProblemNotice problem={refusal} />}
      {problem !== null && <ProblemNotice problem={problem} onRetry={changes.refresh} />}
      {rendering.problem !== null && <ProblemNotice problem={rendering.problem} onRetry={rendering.start} />}
      {(edits.length > 0 || canUndo || canRedo) && !rendering.isOfPresent && (
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
