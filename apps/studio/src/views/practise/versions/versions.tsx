import { useQuery } from '@tanstack/react-query';
import { Columns2 } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Loading } from '../../../ui/states.tsx';
import { kinQuery, type Task } from '../data.ts';
import { familyOf } from '../logic/family.ts';
import { PracticeVersions } from './practice-versions.tsx';
import styles from './versions.module.css';

/** Another video of the same dance, to be seen beside it. */
export interface Compared {
  readonly taskId: string;
  readonly title: string;
}

interface VersionsProps {
  readonly task: Task;
  readonly compared: Compared | null;
  onCompare(compared: Compared | null): void;
}

/** What else there is of this dance: versions to practise by, and what it was changed from and into. */
export function Versions(props: VersionsProps) {
  const { task } = props;
  return (
    <div className={styles.versions}>
      {task.version_of === undefined && task.status === 'completed' && <PracticeVersions task={task} />}
      {task.song !== null && <Family {...props} songId={task.song.id} />}
    </div>
  );
}

function Family({ task, songId, compared, onCompare }: VersionsProps & { readonly songId: number }) {
  const t = useTranslations('practise.versions');
  const format = useFormatter();
  const kin = useQuery(kinQuery(songId));
  if (kin.isPending) return <Loading />;
  if (kin.isError) return <ProblemNotice problem={kin.error} onRetry={() => void kin.refetch()} />;
  const dances = kin.data.results.filter(({ version_of: versionOf }) => versionOf === undefined);
  const family = familyOf(dances, task.version_of ?? task.task_id);
  return (
    <section aria-labelledby="family">
      <h2 id="family">{t('changes')}</h2>
      {family.length < 2 && task.version_of === undefined && <p className={styles.soft}>{t('noChanges')}</p>}
      <ol className={styles.list}>
        {family.map(
          ({ task_id: taskId, created_at: createdAt, status, result, poster_url: posterUrl }, index) => {
            const title = index === 0 ? t('original') : t('change', { number: index });
            const isThis = taskId === task.task_id;
            const isCompared = compared?.taskId === taskId;
            return (
              <li key={taskId} className={styles.item} data-testid="relative">
                {posterUrl !== undefined && (
                  <img className={styles.poster} src={posterUrl} alt="" loading="lazy" />
                )}
                <div className={styles.text}>
                  <strong>{title}</strong>
                  <span className={styles.soft}>
                    {format.dateTime(new Date(createdAt), { dateStyle: 'medium', timeStyle: 'short' })}
                    {status !== 'completed' && ` · ${t(`status.${status}`)}`}
                  </span>
                  <span className={styles.actions}>
                    {isThis ? (
                      <span className={styles.this}>{t('this')}</span>
                    ) : (
                      <>
                        <ButtonLink size="small" to="/dance/$taskId" params={{ taskId }}>
                          {t('open')}
                          <span className="visually-hidden"> {title}</span>
                        </ButtonLink>
                        {result !== undefined && (
                          <Button
                            size="small"
                            look="quiet"
                            aria-pressed={isCompared}
                            onClick={() => onCompare(isCompared ? null : { taskId, title })}
                          >
                            <Columns2 aria-hidden="true" />
                            {isCompared ? t('alone') : t('beside')}
                          </Button>
                        )}
                      </>
                    )}
                  </span>
                </div>
              </li>
            );
          },
        )}
      </ol>
    </section>
  );
}
