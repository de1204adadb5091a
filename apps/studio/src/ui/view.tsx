import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { join } from './join.ts';
import styles from './view.module.css';

interface ViewProps {
  readonly title: string;
  /** A line below the title. */
  readonly lead?: ReactNode;
  /** What can be done with all that the view shows. */
  readonly actions?: ReactNode;
  /** Default: as wide as text reads well beside a column. */
  readonly width?: 'narrow' | 'wide';
  readonly children: ReactNode;
}

/**
 * The frame of a view: its title, which is the document's too and takes the focus when the view comes, so that those who
 * hear the page know where they are.
 */
export function View({ title, lead, actions, width = 'wide', children }: ViewProps) {
  const t = useTranslations('shell');
  const heading = useRef<HTMLHeadingElement>(null);
  const appName = t('name');
  useEffect(() => {
    document.title = `${title} · ${appName}`;
  }, [title, appName]);
  useEffect(() => {
    // On the first load the browser's own order is right.
    if (document.activeElement !== document.body || hasMoved) heading.current?.focus({ preventScroll: true });
    hasMoved = true;
  }, []);
  return (
    <div className={join(styles.view, styles[width])}>
      <div className={styles.head}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** Whether a view was shown before this one. */
let hasMoved = false;
