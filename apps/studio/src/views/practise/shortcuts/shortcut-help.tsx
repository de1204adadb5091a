import { useTranslations } from 'use-intl';
import { Dialog } from '../../../ui/dialog.tsx';
import { CheckField } from '../../../ui/field.tsx';
import styles from './shortcut-help.module.css';
import { SHORTCUTS } from './shortcuts.ts';

interface ShortcutHelpProps {
  readonly isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  readonly isOn: boolean;
  onChoose(isOn: boolean): void;
}

/** What each key does; and that they do. */
export function ShortcutHelp({ isOpen, onOpenChange, isOn, onChoose }: ShortcutHelpProps) {
  const t = useTranslations('practise.shortcuts');
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title={t('title')}>
      <dl className={styles.list}>
        {SHORTCUTS.map(({ action, keys, isCommand, isShifted }) => (
          <div key={action} className={styles.row}>
            <dt>{t(`actions.${action}`)}</dt>
            <dd>
              {isCommand && <kbd>{t('command')}</kbd>}
              {isShifted && <kbd>{t('shift')}</kbd>}
              <kbd>{nameOf(keys[0] ?? '', t('space'))}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <CheckField
        label={t('on')}
        hint={t('onHint')}
        checked={isOn}
        onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
      />
    </Dialog>
  );
}

const ARROWS: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→' };

function nameOf(key: string, space: string): string {
  return key === ' ' ? space : (ARROWS[key] ?? key.toUpperCase());
}
