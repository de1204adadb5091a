import {
  Captions,
  CaretsToAxisDashedVertical,
  CircleHelp,
  Maximize,
  Metronome,
  Repeat,
  Repeat1,
  SkipBack,
  SkipForward,
  StepBack,
  StepForward,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { MenuItem } from '../../../ui/menu.tsx';
import type { ControlsProps } from './controls-props.ts';
import { Tool } from './tools.tsx';

/** The picture of each action, wherever it is offered. */
const ICONS = {
  moveBack: <SkipBack />,
  moveOn: <SkipForward />,
  pictureBack: <StepBack />,
  pictureOn: <StepForward />,
  loopMove: <Repeat1 />,
  loopPhrase: <Repeat />,
  loopStart: 'A',
  loopEnd: 'B',
  countIn: <Metronome />,
  mirror: <CaretsToAxisDashedVertical />,
  captions: <Captions />,
  fullScreen: <Maximize />,
  help: <CircleHelp />,
} as const;

interface ActionProps extends Pick<ControlsProps, 'act'> {
  readonly action: keyof typeof ICONS;
}

interface ActionToolProps extends ActionProps {
  /** Of what is either on or off. */
  readonly isOn?: boolean;
  /** A word beside the picture. */
  readonly children?: ReactNode;
}

/** An action as a button with its picture. */
export function ActionTool({ action, act, isOn, children }: ActionToolProps) {
  const t = useTranslations('practise.controls');
  return (
    <Tool label={t(action)} icon={ICONS[action]} isOn={isOn} onPress={() => act(action)}>
      {children}
    </Tool>
  );
}

interface ActionItemProps extends ActionProps {
  /** Whether the menu stays open: for what is done several times. */
  readonly staysOpen?: boolean;
}

/** An action inside a menu. */
export function ActionItem({ action, act, staysOpen = false }: ActionItemProps) {
  const t = useTranslations('practise.controls');
  const icon = ICONS[action];
  return (
    <MenuItem
      icon={typeof icon === 'string' ? <span aria-hidden="true">{icon}</span> : icon}
      staysOpen={staysOpen}
      onSelect={() => act(action)}
    >
      {t(action)}
    </MenuItem>
  );
}
