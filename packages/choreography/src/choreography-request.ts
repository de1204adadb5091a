import type { Difficulty, EnergyLevel, Style, Tempo } from '@bachata-buddy/vocabulary';
import type { Excerpt, Extent } from './extent.ts';
import type { LastTime } from './query/last-time.ts';
import type { SaidMoves } from './query/move-wishes.ts';
import type { Understood } from './query/understood.ts';

/** What the dancer wants, whichever way it was said. */
export interface ChoreographyRequest {
  readonly difficulty: Difficulty;
  readonly energyLevel: EnergyLevel;
  readonly style: Style;
  /** Whether somebody said so, and it is no default: told where no move has it. */
  readonly isStyleAsked?: boolean;
  /** Free wishes, e.g. ["smooth transitions", "lots of turns"]. */
  readonly specialRequirements: readonly string[];
  /** Move names or families that should occur, e.g. ["turn"]. */
  readonly requestedMoves?: readonly string[] | null;
  /** Move names or families that must not occur, e.g. ["dip"]. */
  readonly refusedMoves?: readonly string[] | null;
  /** What is wished of moves, as it was understood; absent: it is read from the sentence and the lists. */
  readonly moves?: SaidMoves;
  /** How much of the song; absent: all of it. */
  readonly extent?: Extent;
  /** Of the song: told where it has another one. */
  readonly tempo?: Tempo;
  readonly tempoBpm?: number;
  /** Artist or title that was asked for. */
  readonly songPreference?: string;
  /** The sentence itself, where there was one. */
  readonly query?: string;
  /** What is known not to be met before a dance is planned. */
  readonly open?: readonly OpenWish[];
  /** The only source of variation: same request, seed and catalogue give the same plan. */
  readonly seed: number;
}

/** What a sentence was understood to mean. */
export interface ParsedQuery {
  readonly difficulty: Difficulty;
  readonly energyLevel: EnergyLevel;
  readonly style: Style;
  readonly tempo: Tempo;
  readonly specialRequirements: readonly string[];
  /** Move names or families asked for, or null. */
  readonly specificMoves: readonly string[] | null;
  /** Move names or families the sentence does not want, or null. */
  readonly refusedMoves?: readonly string[] | null;
  /** What is wished of moves, from all of it. */
  readonly moves: SaidMoves;
  /** How much of the song, or null. */
  readonly extent: Extent | null;
  /** Beats a minute asked for, or null. */
  readonly tempoBpm: number | null;
  /** What it says of the dance before, or null. */
  readonly lastTime: LastTime | null;
  /** How much of it the rules know. */
  readonly understood: Understood;
  /** Artist or title asked for, or null. */
  readonly songPreference: string | null;
  /** Which of difficulty, energyLevel, style and tempo the sentence itself said (the rest are defaults). */
  readonly stated: readonly ('difficulty' | 'energyLevel' | 'style' | 'tempo')[];
  /** 0.9 where Gemini understood it, 0.6 where the rules did. */
  readonly confidence: number;
  readonly understoodBy: 'gemini' | 'rules';
}

/** A move placed on the song. Moves are contiguous: each starts where the one before ends. */
export interface PlannedMove {
  readonly moveId: string;
  readonly name: string;
  readonly label: string;
  readonly videoPath: string;
  /** On the song, seconds; a "1" of the song. */
  readonly startSec: number;
  readonly durationSec: number;
  /** Whole counts danced. */
  readonly counts: number;
  /** Where in the clip's file it begins, seconds. */
  readonly trimStartSec: number;
  /** Clip seconds played per second of video (0.8..1.25). */
  readonly playbackRate: number;
  readonly clipDurationSec: number;
  /** How this move is entered. */
  readonly transition: 'cut' | 'crossfade' | 'fade_black' | 'fade_white';
  readonly sectionLabel: string;
  /** For people: why this move stands here. */
  readonly reason: string;
  /** The same in a teacher's words; absent where a move was put by hand. */
  readonly explanation?: MoveExplanation;
}

/** What a teacher says of a move in its place. */
export interface MoveExplanation {
  /** "chorus 2". */
  readonly section: string;
  /** Of 32 counts, within the section, from 1. */
  readonly phrase: number;
  /** Within the phrase, from 1. */
  readonly eight: number;
  readonly why: string;
  /** How it follows the move before. */
  readonly join: string;
  /** What was given up for it; absent where nothing was. */
  readonly compromise?: string;
}

export interface ChoreographyPlan {
  /** Their times begin with the excerpt. */
  readonly moves: readonly PlannedMove[];
  /** What of the song is danced; null for all of it. */
  readonly excerpt: Excerpt | null;
  /** Whose structure it follows: one that the language model proposed, or the rules' alone. */
  readonly designedBy: 'gemini' | 'rules';
  /** Which filters had to be given up, e.g. ["energy_level"]; empty when all held. */
  readonly relaxedFilters: readonly string[];
  /** What could not be danced of what was asked for; empty where all could. */
  readonly openWishes: readonly OpenWish[];
}

/** A wish that a dance does not meet. */
export interface OpenWish {
  /** As people say it: "finish with dip". */
  readonly wish: string;
  /** Why not, for people: "the library has no such move". */
  readonly reason: string;
}
