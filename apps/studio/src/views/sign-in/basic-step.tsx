import styles from './basic-step.module.css';

/** Where the left foot steps in the basic: three to the side and a tap, and back. */
const STEPS = [
  { count: 1, x: 60, y: 46 },
  { count: 2, x: 130, y: 46 },
  { count: 3, x: 200, y: 46 },
  { count: 4, x: 276, y: 46 },
  { count: 5, x: 276, y: 126 },
  { count: 6, x: 200, y: 126 },
  { count: 7, x: 130, y: 126 },
  { count: 8, x: 60, y: 126 },
] as const;

/** The basic step as dance schools draw it, its eight counts lighting up one after the other. A decoration. */
export function BasicStep({ className }: { readonly className: string | undefined }) {
  return (
    <svg viewBox="0 0 340 172" className={className} aria-hidden="true">
      <path
        className={styles.way}
        d="M60 46H276C322 46 322 126 276 126H60C14 126 14 46 60 46Z"
        fill="none"
        strokeWidth="2"
        strokeDasharray="2 7"
        strokeLinecap="round"
      />
      {STEPS.map(({ count, x, y }) => (
        <g key={count} className={count % 4 === 0 ? styles.tap : styles.count}>
          <circle cx={x} cy={y} r={count % 4 === 0 ? 27 : 20} />
          <text x={x} y={y} dy="0.36em" textAnchor="middle">
            {count}
          </text>
        </g>
      ))}
    </svg>
  );
}
