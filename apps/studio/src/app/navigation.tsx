import { Link } from '@tanstack/react-router';
import { Bookmark, ClipboardList, Sparkles } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useProfile } from '../api/account.ts';
import styles from './navigation.module.css';

/** The ways through the page: beside the name, or where it is narrow under the thumb. */
export function Navigation() {
  const t = useTranslations('shell');
  const isInstructor = useProfile().data?.is_instructor === true;
  return (
    <nav className={styles.navigation} aria-label={t('navigation')}>
      <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
        <Sparkles aria-hidden="true" />
        {t('make')}
      </Link>
      <Link to="/collection">
        <Bookmark aria-hidden="true" />
        {t('collection')}
      </Link>
      {isInstructor && (
        <Link to="/plans">
          <ClipboardList aria-hidden="true" />
          {t('plans')}
        </Link>
      )}
    </nav>
  );
}
