import { useNavigate } from '@tanstack/react-router';
import { LogOut, UserRound } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useProfile } from '../api/account.ts';
import { endSession } from '../api/session.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx';
import { useToast } from '../ui/toasts.tsx';
import styles from './account-menu.module.css';
import { SettingsChoices } from './settings-choices.tsx';

/** The account: its page, the language and the look, and the way out. */
export function AccountMenu() {
  const t = useTranslations('shell');
  const navigate = useNavigate();
  const toast = useToast();
  const profile = useProfile().data;
  const name = profile === undefined ? '' : profile.display_name || profile.username;
  const signOut = async (): Promise<void> => {
    // It has ended here in any case; that the API was not told is worth saying.
    await endSession().catch(() => toast(t('signedOutHereAlone')));
    await navigate({ to: '/sign-in' });
  };
  return (
    <Menu
      trigger={
        <Button
          look="quiet"
          className={styles.onNight}
          aria-label={name === '' ? t('accountPage') : t('account', { name })}
        >
          <UserRound aria-hidden="true" />
          <span className={styles.name}>{name}</span>
        </Button>
      }
    >
      <MenuItem icon={<UserRound aria-hidden="true" />} onSelect={() => void navigate({ to: '/account' })}>
        {t('accountPage')}
      </MenuItem>
      <MenuLine />
      <SettingsChoices />
      <MenuLine />
      <MenuItem icon={<LogOut aria-hidden="true" />} onSelect={() => void signOut()}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  );
}
