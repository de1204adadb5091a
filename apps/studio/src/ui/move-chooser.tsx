import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { moveFamiliesQuery } from '../api/moves.ts';
import { SelectField } from './field.tsx';
import styles from './move-chooser.module.css';
import { moveName } from './move-name.ts';
import { useProblemText } from './use-problem-text.ts';

interface MoveChooserProps {
  readonly label: string;
  /** What stands in the list while nothing is chosen from it. */
  readonly prompt: string;
  /** Families of moves. */
  readonly chosen: readonly string[];
  /** Chosen elsewhere, and not to be chosen here. */
  readonly others?: readonly string[];
  onChange(chosen: readonly string[]): void;
}

/** Some of the library's families of moves. */
export function MoveChooser({ label, prompt, chosen, others = [], onChange }: MoveChooserProps) {
  const t = useTranslations('shell');
  const problemText = useProblemText();
  const found = useQuery(moveFamiliesQuery);
  const families = found.data ?? [];
  const open = families.filter((family) => !chosen.includes(family) && !others.includes(family));
  return (
    <div className={styles.chooser}>
      <SelectField
        label={label}
        error={found.isError ? problemText(found.error) : undefined}
        value=""
        // What has failed is tried again when somebody wants it.
        onFocus={() => found.isError && void found.refetch()}
        onChange={(event) => {
          if (event.target.value !== '') onChange([...chosen, event.target.value]);
        }}
      >
        <option value="">{prompt}</option>
        {open.map((family) => (
          <option key={family} value={family}>
            {moveName(family)}
          </option>
        ))}
      </SelectField>
      {chosen.length > 0 && (
        <ul className={styles.chosen} aria-label={label}>
          {chosen.map((family) => (
            <li key={family}>
              <button
                type="button"
                aria-label={t('takeOut', { name: moveName(family) })}
                onClick={() => onChange(chosen.filter((each) => each !== family))}
              >
                {moveName(family)}
                <X aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
