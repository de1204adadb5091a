import { useTranslations } from 'use-intl';
import styles from './upload-bar.module.css';

interface UploadBarProps {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
}

/** How much of a file has been sent. */
export function UploadBar({ label, share }: UploadBarProps) {
  const t = useTranslations('shell');
  return (
    <p className={styles.bar}>
      <progress max={1} value={share} aria-label={label} />
      <span>{t('share', { percent: Math.round(100 * share) })}</span>
    </p>
  );
}
