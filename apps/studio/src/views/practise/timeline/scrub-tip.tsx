import { clock } from '../../../ui/time.ts';
import type { SheetTile } from '../logic/sheet-tile.ts';
import styles from './timeline.module.css';

interface ScrubTipProps {
  readonly sec: number;
  /** Of the timeline's width. */
  readonly share: number;
  readonly tile: SheetTile | undefined;
  readonly text: string;
}

/** What is danced where somebody points, as a picture. */
export function ScrubTip({ sec, share, tile, text }: ScrubTipProps) {
  return (
    <div
      className={styles.tip}
      style={{ left: `clamp(5.5rem, ${share * 100}%, 100% - 5.5rem)` }}
      aria-hidden="true"
    >
      {tile !== undefined && (
        <div
          className={styles.thumbnail}
          data-testid="thumbnail"
          style={{
            width: tile.width,
            height: tile.height,
            backgroundImage: `url(${JSON.stringify(tile.url)})`,
            backgroundPosition: `${-tile.x}px ${-tile.y}px`,
          }}
        />
      )}
      <span className={styles.tipText}>
        <b>{clock(sec, { tenths: true })}</b> {text}
      </span>
    </div>
  );
}
