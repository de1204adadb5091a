import { X } from 'lucide-react';
import { AlertDialog as RadixAlert, Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import styles from './dialog.module.css';
import { portalRoot } from './portal-root.ts';
import { ProblemNotice } from './problem-notice.tsx';
import { useFocusBack } from './use-focus-back.ts';

interface DialogProps {
  readonly isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

/** What has to be dealt with before the rest of the page. */
export function Dialog({ isOpen, onOpenChange, title, description, children }: DialogProps) {
  const t = useTranslations('shell');
  const giveFocusBack = useFocusBack(isOpen);
  return (
    <RadixDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <RadixDialog.Portal container={portalRoot()}>
        <RadixDialog.Overlay className={styles.overlay} />
        <RadixDialog.Content
          className={styles.content}
          onCloseAutoFocus={giveFocusBack}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <div className={styles.head}>
            <RadixDialog.Title asChild>
              <h2>{title}</h2>
            </RadixDialog.Title>
            <RadixDialog.Close asChild>
              <Button look="quiet" size="small" isRound aria-label={t('close')}>
                <X aria-hidden="true" />
              </Button>
            </RadixDialog.Close>
          </div>
          {description !== undefined && (
            <RadixDialog.Description asChild>
              <div className={styles.description}>{description}</div>
            </RadixDialog.Description>
          )}
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

interface ConfirmDialogProps {
  readonly isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  readonly title: string;
  readonly description: ReactNode;
  /** What the button says that does it. */
  readonly action: string;
  readonly isBusy: boolean;
  /** What kept it from being done the last time; null where nothing did. */
  readonly problem: unknown;
  onConfirm(): void;
}

/** Asks before something that cannot be taken back. It is closed by whoever did it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onOpenChange, title, description, action, isBusy, problem, onConfirm } = props;
  const t = useTranslations('shell');
  const giveFocusBack = useFocusBack(isOpen);
  return (
    <RadixAlert.Root open={isOpen} onOpenChange={onOpenChange}>
      <RadixAlert.Portal container={portalRoot()}>
        <RadixAlert.Overlay className={styles.overlay} />
        <RadixAlert.Content className={styles.content} onCloseAutoFocus={giveFocusBack}>
          <RadixAlert.Title asChild>
            <h2>{title}</h2>
          </RadixAlert.Title>
          <RadixAlert.Description asChild>
            <div className={styles.description}>{description}</div>
          </RadixAlert.Description>
          {problem !== null && <ProblemNotice problem={problem} />}
          <div className={styles.actions}>
            <RadixAlert.Cancel asChild>
              <Button>{t('cancel')}</Button>
            </RadixAlert.Cancel>
            <Button look="danger" isBusy={isBusy} onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  );
}

/** The buttons at the foot of a dialog. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
