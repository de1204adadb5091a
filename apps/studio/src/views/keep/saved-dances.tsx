import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type CollectionFilter, collectionQuery } from '../../api/collections.ts';
import { LEVELS } from '../../api/levels.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { useFirstPageAgain } from '../../ui/use-first-page-again.ts';
import { useLater } from '../../ui/use-later.ts';
import styles from './keep.module.css';
import { SavedCard } from './saved-card.tsx';

const ORDERS = ['-created_at', 'created_at', 'title', 'duration', '-duration'] as const;

/** The collection, searched and filtered. */
export function SavedDances() {
  const t = useTranslations('keep');
  const words = useTranslations('choices');
  const [filter, setFilter] = useState<CollectionFilter>({
    search: '',
    difficulty: '',
    ordering: '-created_at',
    page: 1,
  });
  const change = (part: Partial<CollectionFilter>): void => setFilter({ ...filter, page: 1, ...part });
  const items = useQuery(collectionQuery({ ...filter, search: useLater(filter.search.trim()) }));
  useFirstPageAgain(items.error, () => change({ page: 1 }));
  const isFiltered = filter.search !== '' || filter.difficulty !== '';
  return (
    <div className={styles.list}>
      <div className={styles.filters}>
        <TextField
          label={t('search')}
          type="search"
          placeholder={t('searchHint')}
          value={filter.search}
          onChange={(event) => change({ search: event.target.value })}
        />
        <SelectField
          label={t('level')}
          value={filter.difficulty}
          onChange={(event) => change({ difficulty: event.target.value })}
        >
          <option value="">{t('anyLevel')}</option>
          {LEVELS.map((level) => (
            <option key={level} value={level}>
              {words(`level.${level}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('order')}
          value={filter.ordering}
          onChange={(event) => change({ ordering: event.target.value })}
        >
          {ORDERS.map((order) => (
            <option key={order} value={order}>
              {t(`orders.${order}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <p className="visually-hidden" role="status">
        {items.data === undefined ? '' : t('found', { count: items.data.count })}
      </p>
      {items.isPending && <Loading />}
      {items.isError && <ProblemNotice problem={items.error} onRetry={() => void items.refetch()} />}
      {items.data?.count === 0 && isFiltered && <Empty title={t('noneSuch')} />}
      {items.data?.count === 0 && !isFiltered && (
        <Empty
          title={t('none')}
          action={
            <ButtonLink to="/" look="primary">
              {t('make')}
            </ButtonLink>
          }
        >
          {t('noneHint')}
        </Empty>
      )}
      <ul className={styles.cards}>
        {items.data?.results.map((item) => (
          <SavedCard key={item.id} item={item} />
        ))}
      </ul>
      <Pager page={filter.page} count={items.data?.count ?? 0} onPage={(page) => change({ page })} />
    </div>
  );
}
