import { EllipsisVertical } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '../../../ui/button.tsx';
import { Menu, MenuLine, MenuSwitch } from '../../../ui/menu.tsx';
import { ActionItem, ActionTool } from './action-tools.tsx';
import styles from './controls.module.css';
import type { ControlsProps } from './controls-props.ts';
import { Clock, PlayButton, PresentLoop, SpeedChoice } from './tools.tsx';
import { usePracticeState } from './use-practice.ts';

/** The tools in two rows of a phone: what is pressed while dancing at hand, the rest behind a button. */
export function CompactTools(props: ControlsProps) {
  const { practice, line, isMirrored, act, onRate } = props;
  const { loop, countsIn: isCountedIn } = usePracticeState(practice);
  return (
    <>
      <div className={styles.tight}>
        <ActionTool action="moveBack" act={act} />
        <PlayButton {...{ practice, act }} />
        <ActionTool action="moveOn" act={act} />
        <Clock practice={practice} durationSec={line.durationSec} />
        <MoreTools {...props} />
      </div>
      <div className={styles.tight}>
        <SpeedChoice {...{ practice, onRate }} />
        {loop === null ? (
          <>
            <ActionTool action="loopMove" act={act} />
            <ActionTool action="loopPhrase" act={act} />
          </>
        ) : (
          <PresentLoop {...{ practice, line, act }} />
        )}
        <ActionTool action="countIn" act={act} isOn={isCountedIn} />
        <ActionTool action="mirror" act={act} isOn={isMirrored} />
      </div>
    </>
  );
}

function MoreTools({ practice, showsCaptions, act }: ControlsProps) {
  const t = useTranslations('practise.controls');
  const { loop } = usePracticeState(practice);
  return (
    <Menu
      trigger={
        <Button look="quiet" isRound aria-label={t('more')}>
          <EllipsisVertical aria-hidden="true" />
        </Button>
      }
    >
      <ActionItem action="pictureBack" act={act} staysOpen />
      <ActionItem action="pictureOn" act={act} staysOpen />
      <MenuLine />
      <ActionItem action="loopStart" act={act} />
      <ActionItem action="loopEnd" act={act} />
      {loop !== null && (
        <>
          <ActionItem action="loopMove" act={act} />
          <ActionItem action="loopPhrase" act={act} />
        </>
      )}
      <MenuLine />
      <MenuSwitch isOn={showsCaptions} onChange={() => act('captions')}>
        {t('captions')}
      </MenuSwitch>
      {document.fullscreenEnabled && <ActionItem action="fullScreen" act={act} />}
      <ActionItem action="help" act={act} />
    </Menu>
  );
}
