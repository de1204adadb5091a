import type { Blueprint } from '@bachata-buddy/blueprint/reading';
import type { DanceMove } from '../logic/dance-line.ts';
import type { Changes } from './use-changes.ts';

export interface MoveRowProps {
  readonly taskId: string;
  readonly move: DanceMove;
  readonly document: Blueprint['moves'][number] | undefined;
  readonly changes: Changes;
  /** In the order that is shown, from 0. */
  readonly place: number;
  readonly isLast: boolean;
  /** Whether it is only looked at. */
  readonly isFixed: boolean;
  readonly isRemoved: boolean;
  /** Whether it is danced. */
  readonly isPresent: boolean;
  readonly isOpen: boolean;
  onToggle(): void;
  onJump(): void;
  onLoop(): void;
  onPlace(to: number): void;
}
