import styles from './eight-count.module.css';
import { join } from './join.ts';

const COUNTS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

interface EightCountProps {
  /** Counts that are lit, from the left; `dancing`: one after the other, for what takes its time. */
  readonly lit: number | 'dancing';
  readonly className?: string | undefined;
}

/** The eight counts of a basic, its taps on 4 and 8 larger. A picture alone: what it means has to be said beside it. */
export function EightCount({ lit, className }: EightCountProps) {
  return (
    <span className={join(styles.counts, lit === 'dancing' && styles.dancing, className)} aria-hidden="true">
      {COUNTS.map((count) => (
        <i
          key={count}
          className={join(count % 4 === 0 && styles.tap, lit !== 'dancing' && count <= lit && styles.lit)}
        />
      ))}
    </span>
  );
}
