import type { SongAnalysis } from '@bachata-buddy/music';
import type { ChoreographyRequest, PlannedMove } from '../choreography-request.ts';
import type { MoveLibrary } from '../library/move-library.ts';

/** One wish to change a dance. Every `index` counts the moves of the dance as it was, from 0. */
export type Edit =
  /** That move of the library instead. */
  | { readonly action: 'replace'; readonly index: number; readonly moveId: string }
  /** Any other that suits the place. */
  | { readonly action: 'another'; readonly index: number }
  /** Without it; its neighbours fill its place. */
  | { readonly action: 'remove'; readonly index: number }
  /** To another place; `to` counts the moves as the moves of a list before it have left them, from 0. */
  | { readonly action: 'move'; readonly index: number; readonly to: number }
  /** Entered in another way; a duration is for all transitions of that kind. */
  | {
      readonly action: 'transition';
      readonly index: number;
      readonly transition: PlannedMove['transition'];
      readonly durationSec?: number;
    };

/** Why an edit cannot be made, for people. */
export interface EditIssue {
  /** Which of the edits, from 0. */
  readonly edit: number;
  readonly field: 'index' | 'to' | 'moveId' | 'transition' | 'durationSec';
  readonly text: string;
}

export interface RevisionQuestion {
  /** The dance as it is, contiguous. */
  readonly moves: readonly PlannedMove[];
  /** An edit that is null is passed over: it is known to be wrong. */
  readonly edits: readonly (Edit | null)[];
  readonly analysis: SongAnalysis;
  readonly library: MoveLibrary;
  readonly request: ChoreographyRequest;
}

/** A move of the revised dance. */
export interface RevisedMove {
  readonly move: PlannedMove;
  /** Which move it was before; null for one that fills a gap. */
  readonly origin: number | null;
  /** Whether its clip, its place or how it is played differ; the transition may differ all the same. */
  readonly isRelaid: boolean;
}

export interface Revision {
  /** What is wrong with the edits, in their order; the dance is only to be used where this is empty. */
  readonly issues: readonly EditIssue[];
  readonly moves: readonly RevisedMove[];
  /** New length of all crossfades, seconds, where an edit names one. */
  readonly crossfadeSec?: number;
  /** New length of all fades through a colour, seconds, where an edit names one. */
  readonly fadeSec?: number;
}
