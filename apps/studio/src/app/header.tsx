import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useSessionStatus } from '../api/use-session-status.ts';
import { EightCount } from '../ui/eight-count.tsx';
import { AccountMenu } from './account-menu.tsx';
import styles from './header.module.css';
import { SettingsMenu } from './settings-menu.tsx';

/** The band on top: whose page this is, where one can go, whose account it is. */
export function Header({ navigation }: { readonly navigation: ReactNode }) {
  const t = useTranslations('shell');
  const isSignedIn = useSessionStatus() === 'signed-in';
  return (
    <header className={styles.header}>
      <Link to="/" className={styles.brand}>
        <span className={styles.name}>{t('name')}</span>
        <EightCount lit={8} className={styles.counts} />
      </Link>
      {navigation}
      <div className={styles.menus}>{isSignedIn ? <AccountMenu /> : <SettingsMenu />}</div>
    </header>
  );
}
