import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { EightCount } from './eight-count.tsx';
import styles from './states.module.css';

/** Something is on its way. */
export function Loading({ label }: { readonly label?: string }) {
  const t = useTranslations('shell');
  return (
    <p className={styles.loading} role="status">
      <EightCount lit="dancing" />
      <span>{label ?? t('loading')}</span>
    </p>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** There is nothing yet: why, and how that changes. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <EightCount lit={0} className={styles.big} />
      <h2>{title}</h2>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}
