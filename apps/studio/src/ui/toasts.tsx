import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import styles from './toasts.module.css';

interface Shown {
  readonly id: number;
  readonly text: string;
}

const SHOWN_MS = 6_000;
const ToastContext = createContext<((text: string) => void) | null>(null);

/** Says that something was done, wherever the user is by then. @throws Error outside {@link Toasts} */
export function useToast(): (text: string) => void {
  const show = useContext(ToastContext);
  if (show === null) throw new Error('There are no Toasts around this.');
  return show;
}

export function Toasts({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('shell');
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const show = useCallback((text: string) => {
    setShown((before) => [...before, { id: (before.at(-1)?.id ?? 0) + 1, text }]);
  }, []);
  const take = useCallback(
    (id: number): void => setShown((before) => before.filter((each) => each.id !== id)),
    [],
  );
  useEscape(shown.at(-1)?.id, take);
  return (
    <ToastContext value={show}>
      <Toast.Provider duration={SHOWN_MS} label={t('news')}>
        {children}
        {shown.map(({ id, text }) => (
          <Toast.Root key={id} className={styles.toast} onOpenChange={(isOpen) => !isOpen && take(id)}>
            <Toast.Description>{text}</Toast.Description>
            <Toast.Close asChild>
              <Button look="quiet" size="small" isRound aria-label={t('close')} className={styles.close}>
                <X aria-hidden="true" />
              </Button>
            </Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport className={styles.viewport} label={t('news')} />
      </Toast.Provider>
    </ToastContext>
  );
}

/**
 * Escape takes the newest news away, and nothing else: a dialog that lies under it waits for the next press. On the window, for
 * dialogs listen on the document.
 */
function useEscape(newest: number | undefined, take: (id: number) => void): void {
  useEffect(() => {
    if (newest === undefined) return undefined;
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.stopPropagation();
      take(newest);
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [newest, take]);
}
