import type { ReactNode, Ref } from 'react';
import { useTranslations } from 'use-intl';
import { join } from '../../../ui/join.ts';
import { countAt, type DanceLine, moveAt } from '../logic/dance-line.ts';
import type { Practice } from './practice.ts';
import styles from './stage.module.css';
import { useAtPosition, usePracticeState, useTransportState } from './use-practice.ts';

interface StageProps {
  /** What plays; it comes out of the picture, so at first there is none. */
  readonly practice: Practice | null;
  readonly line: DanceLine;
  readonly isMirrored: boolean;
  readonly showsCaptions: boolean;
  /** What is said over the picture, in a corner. */
  readonly badge?: string | undefined;
  readonly ref?: Ref<HTMLDivElement>;
  /** The picture. */
  readonly children: ReactNode;
}

/** The picture with what is written over it; a press on it plays or stops. */
export function Stage({ practice, line, isMirrored, showsCaptions, badge, ref, children }: StageProps) {
  return (
    // The button of the controls does the same for those who do not point.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div className={styles.stage} ref={ref} onClick={() => practice?.toggle()}>
      <div className={join(styles.picture, isMirrored && styles.mirrored)} data-mirrored={isMirrored}>
        {children}
      </div>
      {badge !== undefined && <p className={styles.badge}>{badge}</p>}
      {practice !== null && showsCaptions && <Captions practice={practice} line={line} />}
      {practice !== null && <Overlay practice={practice} />}
    </div>
  );
}

/** Counts and names, as the video's WebVTT has them, in the page's language and for previews too. */
function Captions({ practice: { transport }, line }: { practice: Practice; line: DanceLine }) {
  const t = useTranslations('practise');
  const count = useAtPosition(transport, (sec) => countAt(line, sec)?.number);
  const index = useAtPosition(transport, (sec) => moveAt(line, sec)?.index) ?? 0;
  const next = line.moves[index + 1];
  return (
    <div className={styles.captions} data-testid="captions">
      {count !== undefined && (
        <span className={join(styles.count, count % 4 === 0 && styles.tap)}>{count}</span>
      )}
      <span className={styles.names}>
        <span className={styles.name}>{line.moves[index]?.name}</span>
        {next !== undefined && <span className={styles.next}>{t('next', { name: next.name })}</span>}
      </span>
    </div>
  );
}

function Overlay({ practice }: { practice: Practice }) {
  const t = useTranslations('practise');
  const { countingIn } = usePracticeState(practice);
  const { isWaiting, problem } = useTransportState(practice.transport);
  if (countingIn !== null)
    return (
      <p className={styles.countIn} key={countingIn} role="status">
        {countingIn}
      </p>
    );
  if (problem !== null)
    return (
      <p className={styles.message} role="alert">
        {t(`player.${problem}`)}
      </p>
    );
  return isWaiting ? (
    <span className={styles.waiting} role="status" aria-label={t('player.waiting')} />
  ) : null;
}
