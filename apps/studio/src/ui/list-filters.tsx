import type { ReactNode } from 'react';
import { TextField } from './field.tsx';
import styles from './list-filters.module.css';

interface ListFiltersProps {
  /** What is searched for. */
  readonly search: string;
  readonly label: string;
  /** What can be searched for. */
  readonly hint: string;
  /** What was found, for those who hear the page; empty as long as nobody knows. */
  readonly found: string;
  /** What else the list is filtered by, and its order. */
  readonly children: ReactNode;
  onSearch(search: string): void;
}

/** Above a list: what of it is shown, and in which order. */
export function ListFilters({ search, label, hint, found, children, onSearch }: ListFiltersProps) {
  return (
    <>
      <div className={styles.filters}>
        <TextField
          className={styles.search}
          label={label}
          type="search"
          placeholder={hint}
          value={search}
          onChange={(event) => onSearch(event.target.value)}
        />
        {children}
      </div>
      <p className="visually-hidden" role="status">
        {found}
      </p>
    </>
  );
}
