import type { Blueprint } from '@bachata-buddy/blueprint';
import {
  type Alternative,
  type ChoreographyRequest,
  type LanguageModel,
  openSongWish,
  type ParsedQuery,
  parseQuery,
  type Revision,
  selectSong,
} from '@bachata-buddy/choreography';
import { type Database, listAllSongs, type Song, type SongViewer } from '@bachata-buddy/database';
import type { AnalyseSound } from '@bachata-buddy/music';
import type { Logger } from '@bachata-buddy/platform';
import type { ObjectStore } from '@bachata-buddy/storage';
import { inSpan } from '@bachata-buddy/telemetry';
import { apiError } from '../errors.ts';
import { type Choreographer, startChoreographer } from './choreographer/choreographer.ts';
import type { AlternativesQuestion, DanceQuestion, ReviseQuestion } from './choreographer/questions.ts';
import { makeMoveLibraryCache } from './move-library-cache.ts';
import { makeSongAnalyser } from './song-analyser.ts';
import { viewWishes } from './wishes-document.ts';

/** What Gemini may take before the rules step in; both together leave time for the analysis. */
const PARSE_DEADLINE_MS = 6_000;
const DESIGN_DEADLINE_MS = 10_000;

export interface PlannerOptions {
  readonly database: Database;
  readonly store: ObjectStore;
  readonly analyseSound: AnalyseSound;
  /** Without one, rules understand sentences and design dances. */
  readonly language?: LanguageModel | undefined;
  readonly log: Logger;
}

export interface ComposeOptions {
  readonly taskId: string;
  readonly userId: number;
  readonly song: Song;
  readonly request: ChoreographyRequest;
  readonly generatedAt: Date;
  readonly signal: AbortSignal;
}

/** What is asked of a dance that is there, but for what is heard in its song. */
type OfDance<Question extends DanceQuestion> = Omit<Question, 'analysis'> & {
  readonly song: Song;
  readonly signal: AbortSignal;
};
export type ReviseOptions = OfDance<ReviseQuestion>;
export type AlternativesOptions = OfDance<AlternativesQuestion>;

/** The thinking part of a generation: no task, no launch, nothing written but the cache of analyses. */
export interface Planner {
  /** @throws AppError `CHOREOGRAPHY_QUERY_NOT_UNDERSTOOD` */
  understand(query: string, signal?: AbortSignal): Promise<ParsedQuery>;
  /** @throws AppError `CHOREOGRAPHY_NO_SONGS` */
  chooseSong(query: string, parsed: ParsedQuery, viewer: SongViewer): Promise<Song>;
  /** Analysis, library, plan, document. @throws AppError, BlueprintError */
  compose(options: ComposeOptions): Promise<Blueprint>;
  /** Analysis, library, changed moves; or what is wrong with the edits. @throws AppError */
  revise(options: ReviseOptions): Promise<Revision>;
  /** Analysis, library, what else could be danced in a place. @throws AppError */
  findAlternatives(options: AlternativesOptions): Promise<Alternative[]>;
  /** Ends what it computes in. */
  close(): Promise<void>;
}

/** A thread that dances are made in, and what brings it the moves of the catalogue. */
interface Workplace {
  readonly choreographer: Choreographer;
  readonly loadMoves: () => Promise<void>;
}

export function makePlanner(options: PlannerOptions): Planner {
  const { database, language, log } = options;
  const analyse = makeSongAnalyser(options);
  let workplace: Workplace | undefined;
  let isClosed = false;
  const openWorkplace = (): Workplace => {
    // A thread that broke down takes its library with it: the next question begins anew.
    const onLost = (cause: Error) => {
      workplace = undefined;
      log.error({ err: cause }, 'the thread that makes dances broke down');
    };
    const choreographer = startChoreographer({ language, onLost });
    const build = choreographer.load;
    return { choreographer, loadMoves: makeMoveLibraryCache(database, { log, build }) };
  };
  /** What the song is like, and who can make dances of what there is. */
  const study = async (song: Song, signal: AbortSignal) => {
    if (isClosed) throw apiError('GENERATE_SHUTDOWN', 'The service is shutting down.');
    workplace ??= openWorkplace();
    const { choreographer, loadMoves } = workplace;
    const [analysis] = await Promise.all([
      inSpan('analyse song', () => analyse(song, signal)),
      inSpan('load moves', () => loadMoves()),
    ]);
    signal.throwIfAborted();
    return { analysis, choreographer };
  };

  return {
    understand: (query, signal) =>
      inSpan('parse query', () =>
        parseQuery(query, {
          language,
          signal,
          deadlineMs: PARSE_DEADLINE_MS,
          onFallback: (reason) => log.warn({ reason }, 'rules understand the sentence'),
        }),
      ),

    chooseSong: (query, parsed, viewer) =>
      inSpan('select song', async () => {
        const songs = (await listAllSongs(database, viewer)).filter(({ status }) => status === 'ready');
        const choice = selectSong(songs, { ...parsed, query });
        const song = songs.find(({ id }) => id === choice.id);
        if (song === undefined) throw apiError('GENERATE_SONG_GONE', 'The song is gone');
        return song;
      }),

    async compose({ taskId, userId, song, request, generatedAt, signal }) {
      const { analysis, choreographer } = await study(song, signal);
      const { id, title, artist, audioPath } = song;
      const question = {
        analysis,
        request,
        deadlineMs: DESIGN_DEADLINE_MS,
        document: { taskId, userId, generatedAt, wishes: viewWishes(request) },
        song: { id, title, artist, audioPath },
        openWishes: [...(request.open ?? []), ...openSongWish(song, request)],
      };
      const onFallback = (reason: string) => log.warn({ taskId, reason }, 'rules design the dance');
      const { blueprint, relaxedFilters } = await inSpan('plan choreography', async (span) => {
        const composed = await choreographer.ask('compose', { question, signal, onFallback });
        span.set({
          'plan.moves': composed.blueprint.moves.length,
          'plan.designed_by': composed.designedBy,
        });
        return composed;
      });
      if (relaxedFilters.length > 0) log.info({ taskId, relaxedFilters }, 'filters were relaxed');
      return blueprint;
    },

    async revise({ song, signal, request, moves, excerpt, edits }) {
      const { analysis, choreographer } = await study(song, signal);
      const question = { analysis, request, moves, excerpt, edits };
      return inSpan('revise moves', () => choreographer.ask('revise', { question, signal }));
    },

    async findAlternatives({ song, signal, request, moves, excerpt, index, most }) {
      const { analysis, choreographer } = await study(song, signal);
      const question = { analysis, request, moves, excerpt, index, most };
      return inSpan('find alternatives', () => choreographer.ask('findAlternatives', { question, signal }));
    },

    async close() {
      isClosed = true;
      await workplace?.choreographer.close();
    },
  };
}
