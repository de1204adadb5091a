import type { DanceLine } from '../logic/dance-line.ts';
import type { ShortcutAction } from '../shortcuts/shortcuts.ts';
import type { Practice } from './practice.ts';

export interface ControlsProps {
  readonly practice: Practice;
  readonly line: DanceLine;
  readonly isMirrored: boolean;
  readonly showsCaptions: boolean;
  act(action: ShortcutAction): void;
  onRate(rate: number): void;
}
