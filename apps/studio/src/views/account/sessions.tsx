import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormatter, useNow, useTranslations } from 'use-intl';
import { endOneSession, endOtherSessions, type Session, sessionsQuery } from '../../api/own-account.ts';
import { Button } from '../../ui/button.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Loading } from '../../ui/states.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { useFirstPageAgain } from '../../ui/use-first-page-again.ts';
import styles from './account.module.css';
import { deviceOf } from './device-name.ts';

/** Where somebody is signed in with this account. */
export function Sessions() {
  const t = useTranslations('account.sessions');
  const queries = useQueryClient();
  const toast = useToast();
  const [page, setPage] = useState(1);
  const sessions = useQuery(sessionsQuery(page));
  useFirstPageAgain(sessions.error, () => setPage(1));
  const refresh = () => queries.invalidateQueries({ queryKey: ['sessions'] });
  const endingOthers = useMutation({
    mutationFn: endOtherSessions,
    onSuccess: ({ ended_count: count }) => {
      toast(t('othersEnded', { count }));
      setPage(1);
      return refresh();
    },
  });
  const { data } = sessions;
  const size = data === undefined ? 0 : data.results.length;
  return (
    <Panel title={t('title')}>
      {sessions.isPending && <Loading />}
      {sessions.isError && <ProblemNotice problem={sessions.error} onRetry={() => void sessions.refetch()} />}
      {size > 0 && (
        <ul className={styles.sessions}>
          {data?.results.map((session) => (
            <SessionLine key={session.id} session={session} onEnded={refresh} />
          ))}
        </ul>
      )}
      <Pager page={page} count={data?.count ?? 0} onPage={setPage} />
      {endingOthers.isError && <ProblemNotice problem={endingOthers.error} />}
      <div className={styles.actions}>
        {(data?.count ?? 0) > 1 && (
          <Button isBusy={endingOthers.isPending} onClick={() => endingOthers.mutate()}>
            {t('endOthers')}
          </Button>
        )}
      </div>
    </Panel>
  );
}

interface SessionLineProps {
  readonly session: Session;
  onEnded(): unknown;
}

function SessionLine({ session, onEnded }: SessionLineProps) {
  const t = useTranslations('account.sessions');
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const toast = useToast();
  const ending = useMutation({
    mutationFn: endOneSession,
    onSuccess: () => {
      toast(t('ended'));
      return onEnded();
    },
  });
  // Later than this device's clock, or than a minute ago, when it was looked at last: just now.
  const usedAt = new Date(session.last_used_at);
  const known = deviceOf(session.user_agent);
  const device = known === null ? t('unknownDevice') : t('device', known);
  return (
    <li className={styles.session}>
      <div>
        <p className={styles.device}>
          {device}
          {session.is_current && <span className={styles.current}>{t('current')}</span>}
        </p>
        <p className={styles.used}>
          {t('used', { when: format.relativeTime(usedAt, Math.max(now.getTime(), usedAt.getTime())) })}
        </p>
        {ending.isError && <ProblemNotice problem={ending.error} />}
      </div>
      {!session.is_current && (
        <Button
          size="small"
          aria-label={t('endNamed', { device })}
          isBusy={ending.isPending}
          onClick={() => ending.mutate(session.id)}
        >
          {t('end')}
        </Button>
      )}
    </li>
  );
}
