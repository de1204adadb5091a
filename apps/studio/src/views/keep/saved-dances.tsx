import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { COLLECTION_ORDERS, type CollectionFilter, collectionQuery } from '../../api/collections.ts';
import { LEVELS } from '../../api/levels.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { ListFilters } from '../../ui/list-filters.tsx';
import { OptionField } from '../../ui/option-field.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { useFirstPageAgain } from '../../ui/use-first-page-again.ts';
import { useLater } from '../../ui/use-later.ts';
import styles from './keep.module.css';
import { SavedCard } from './saved-card.tsx';

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
      <ListFilters
        label={t('search')}
        hint={t('searchHint')}
        search={filter.search}
        onSearch={(search) => change({ search })}
        found={items.data === undefined ? '' : t('found', { count: items.data.count })}
      >
        <OptionField
          label={t('level')}
          value={filter.difficulty}
          options={[
            { value: '', label: t('anyLevel') },
            ...LEVELS.map((value) => ({ value, label: words(`level.${value}`) })),
          ]}
          onChange={(difficulty) => change({ difficulty })}
        />
        <OptionField
          label={t('order')}
          value={filter.ordering}
          options={COLLECTION_ORDERS.map((value) => ({ value, label: t(`orders.${value}`) }))}
          onChange={(ordering) => change({ ordering })}
        />
      </ListFilters>
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
