import {
  CaretsToAxisDashedVertical,
  CircleHelp,
  EllipsisVertical,
  Maximize,
  Metronome,
  Repeat,
  Repeat1,
  SkipBack,
  SkipForward,
  StepBack,
  StepForward,
} from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '../../../ui/button.tsx';
import { Menu, MenuItem, MenuLine, MenuSwitch } from '../../../ui/menu.tsx';
import styles from './controls.module.css';
import type { ControlsProps } from './controls-props.ts';
import { Clock, PlayButton, PresentLoop, SpeedChoice, Tool } from './tools.tsx';
import { usePracticeState } from './use-practice.ts';

/** The tools in two rows of a phone: what is pressed while dancing at hand, the rest behind a button. */
export function CompactTools(props: ControlsProps) {
  const { practice, line, isMirrored, act, onRate } = props;
  const t = useTranslations('practise.controls');
  const { loop, countsIn: isCountedIn } = usePracticeState(practice);
  return (
    <>
      <div className={styles.tight}>
        <Tool label={t('moveBack')} icon={<SkipBack />} onPress={() => act('moveBack')} />
        <PlayButton {...{ practice, act }} />
        <Tool label={t('moveOn')} icon={<SkipForward />} onPress={() => act('moveOn')} />
        <Clock practice={practice} durationSec={line.durationSec} />
        <MoreTools {...props} />
      </div>
      <div className={styles.tight}>
        <SpeedChoice {...{ practice, onRate }} />
        {loop === null ? (
          <>
            <Tool label={t('loopMove')} icon={<Repeat1 />} onPress={() => act('loopMove')} />
            <Tool label={t('loopPhrase')} icon={<Repeat />} onPress={() => act('loopPhrase')} />
          </>
        ) : (
          <PresentLoop {...{ practice, line, act }} />
        )}
        <Tool label={t('countIn')} icon={<Metronome />} isOn={isCountedIn} onPress={() => act('countIn')} />
        <Tool
          label={t('mirror')}
          icon={<CaretsToAxisDashedVertical />}
          isOn={isMirrored}
          onPress={() => act('mirror')}
        />
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
      <MenuItem icon={<StepBack aria-hidden="true" />} staysOpen onSelect={() => act('pictureBack')}>
        {t('pictureBack')}
      </MenuItem>
      <MenuItem icon={<StepForward aria-hidden="true" />} staysOpen onSelect={() => act('pictureOn')}>
        {t('pictureOn')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<span aria-hidden="true">A</span>} onSelect={() => act('loopStart')}>
        {t('loopStart')}
      </MenuItem>
      <MenuItem icon={<span aria-hidden="true">B</span>} onSelect={() => act('loopEnd')}>
        {t('loopEnd')}
      </MenuItem>
      {loop !== null && (
        <>
          <MenuItem icon={<Repeat1 aria-hidden="true" />} onSelect={() => act('loopMove')}>
            {t('loopMove')}
          </MenuItem>
          <MenuItem icon={<Repeat aria-hidden="true" />} onSelect={() => act('loopPhrase')}>
            {t('loopPhrase')}
          </MenuItem>
        </>
      )}
      <MenuLine />
      <MenuSwitch isOn={showsCaptions} onChange={() => act('captions')}>
        {t('captions')}
      </MenuSwitch>
      {document.fullscreenEnabled && (
        <MenuItem icon={<Maximize aria-hidden="true" />} onSelect={() => act('fullScreen')}>
          {t('fullScreen')}
        </MenuItem>
      )}
      <MenuItem icon={<CircleHelp aria-hidden="true" />} onSelect={() => act('help')}>
        {t('help')}
      </MenuItem>
    </Menu>
  );
}
