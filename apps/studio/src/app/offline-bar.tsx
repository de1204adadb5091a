import { WifiOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage } from '../words/words-provider.tsx';
import styles from './offline-bar.module.css';

/** Says so while the browser has no network, and where that kept a language away. */
export function OfflineBar() {
  const t = useTranslations('shell');
  const isOnline = useSyncExternalStore(watch, () => navigator.onLine);
  const { hasFailed } = useLanguage();
  return (
    <div role="status">
      {hasFailed && <p className={styles.bar}>{t('languageFailed')}</p>}
      {!isOnline && (
        <p className={styles.bar}>
          <WifiOff aria-hidden="true" />
          {t('offline')}
        </p>
      )}
    </div>
  );
}

function watch(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
