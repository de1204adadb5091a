import { useTranslations } from 'use-intl';
import { useMediaQuery } from '../../../ui/use-media-query.ts';
import { CompactTools } from './compact-tools.tsx';
import styles from './controls.module.css';
import type { ControlsProps } from './controls-props.ts';
import { WideTools } from './wide-tools.tsx';

/** Where the tools would take more than two rows side by side. */
const NARROW = '(max-width: 40rem)';

/** All that practising needs, within reach of a thumb. */
export function Controls(props: ControlsProps) {
  const t = useTranslations('practise.controls');
  const isNarrow = useMediaQuery(NARROW);
  return (
    <div className={styles.controls} role="toolbar" aria-label={t('label')}>
      {isNarrow ? <CompactTools {...props} /> : <WideTools {...props} />}
    </div>
  );
}
