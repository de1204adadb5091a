import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { join } from './join.ts';
import styles from './notice.module.css';

const ICONS = { bad: CircleAlert, good: CircleCheck, note: Info } as const;

interface NoticeProps {
  /** `bad` is said at once to those who hear the page. */
  readonly kind: 'bad' | 'good' | 'note';
  readonly title?: string;
  readonly children?: ReactNode;
  /** What can be done about it. */
  readonly action?: ReactNode;
}

/** Something to know, where it matters. */
export function Notice({ kind, title, children, action }: NoticeProps) {
  const Icon = ICONS[kind];
  return (
    <div className={join(styles.notice, styles[kind])} role={kind === 'bad' ? 'alert' : 'status'}>
      <Icon aria-hidden="true" />
      <div className={styles.text}>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        {children}
      </div>
      {action}
    </div>
  );
}
