import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import styles from './pager.module.css';

/** What the API answers by default. */
const PAGE_SIZE = 20;

interface PagerProps {
  readonly page: number;
  /** Items in all. */
  readonly count: number;
  onPage(page: number): void;
}

/** Leads through the pages of a list; nothing where there is one. */
export function Pager({ page, count, onPage }: PagerProps) {
  const t = useTranslations('shell');
  const pages = Math.ceil(count / PAGE_SIZE);
  if (pages <= 1) return null;
  return (
    <nav className={styles.pager} aria-label={t('pages')}>
      <Button isRound aria-label={t('before')} disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <ChevronLeft aria-hidden="true" />
      </Button>
      <span aria-live="polite">{t('page', { page, pages })}</span>
      <Button isRound aria-label={t('after')} disabled={page >= pages} onClick={() => onPage(page + 1)}>
        <ChevronRight aria-hidden="true" />
      </Button>
    </nav>
  );
}
