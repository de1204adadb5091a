import { Outlet } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useSessionStatus } from '../api/use-session-status.ts';
import { Toasts } from '../ui/toasts.tsx';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import { OfflineBar } from './offline-bar.tsx';
import styles from './shell.module.css';
import { useKeptFocus } from './use-kept-focus.ts';

/** What stands around every view. */
export function Shell() {
  const t = useTranslations('shell');
  const isSignedIn = useSessionStatus() === 'signed-in';
  useKeptFocus();
  return (
    <Toasts>
      <a className={styles.skip} href="#main">
        {t('skip')}
      </a>
      <Header navigation={isSignedIn ? <Navigation /> : null} />
      <OfflineBar />
      <main id="main" tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
    </Toasts>
  );
}
