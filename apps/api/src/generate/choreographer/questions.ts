import type { Blueprint, BuildBlueprintOptions, MoveToBuild } from '@bachata-buddy/blueprint';
import type {
  Alternative,
  ChoreographyRequest,
  Edit,
  Excerpt,
  OpenWish,
  Revision,
} from '@bachata-buddy/choreography';
import type { SongAnalysis } from '@bachata-buddy/music';

/** A dance that is to be planned, and written down. Like all questions it is plain data: it goes to another thread. */
export interface ComposeQuestion {
  /** Of the whole song. */
  readonly analysis: SongAnalysis;
  readonly request: ChoreographyRequest;
  /** What a language model may take for its design, in milliseconds. */
  readonly deadlineMs: number;
  readonly document: Pick<BuildBlueprintOptions, 'taskId' | 'userId' | 'generatedAt' | 'wishes'>;
  readonly song: Pick<BuildBlueprintOptions['song'], 'id' | 'title' | 'artist' | 'audioPath'>;
  /** What is known not to be met before a dance is planned. */
  readonly openWishes: readonly OpenWish[];
}

export interface Composed {
  readonly blueprint: Blueprint;
  readonly designedBy: 'rules' | 'gemini';
  /** Filters that some move does not meet. */
  readonly relaxedFilters: readonly string[];
}

/** A dance that is there, and what it was planned for. */
export interface DanceQuestion {
  /** Of the whole song. */
  readonly analysis: SongAnalysis;
  /** What of the song it dances. */
  readonly excerpt: Excerpt;
  readonly request: ChoreographyRequest;
  readonly moves: readonly MoveToBuild[];
}

export interface ReviseQuestion extends DanceQuestion {
  /** Those that are null are passed over. */
  readonly edits: readonly (Edit | null)[];
}

export interface AlternativesQuestion extends DanceQuestion {
  /** Which of the moves, from 0. */
  readonly index: number;
  /** So many at most. */
  readonly most: number;
}

/** What can be asked, by name: the question and its answer. */
export interface Questions {
  readonly compose: { readonly question: ComposeQuestion; readonly answer: Composed };
  readonly revise: { readonly question: ReviseQuestion; readonly answer: Revision };
  readonly findAlternatives: { readonly question: AlternativesQuestion; readonly answer: Alternative[] };
}

export type QuestionName = keyof Questions;
