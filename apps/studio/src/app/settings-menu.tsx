import { Languages } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import styles from './account-menu.module.css';
import { SettingsChoices } from './settings-choices.tsx';

/** Language and look, for those who are not signed in. */
export function SettingsMenu() {
  const t = useTranslations('shell');
  return (
    <Menu
      trigger={
        <Button look="quiet" isRound className={styles.onNight} aria-label={t('settings')}>
          <Languages aria-hidden="true" />
        </Button>
      }
    >
      <SettingsChoices />
    </Menu>
  );
}
