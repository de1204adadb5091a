import { type Blueprint, buildBlueprint, type MoveToBuild } from '@bachata-buddy/blueprint';
import {
  type Alternative,
  type ChoreographyRequest,
  type Edit,
  type Excerpt,
  excerptOf,
  findAlternatives,
  type LanguageModel,
  openSongWish,
  type ParsedQuery,
  parseQuery,
  planChoreography,
  type Revision,
  reviseMoves,
  selectSong,
} from '@bachata-buddy/choreography';
import { type Database, listAllSongs, type Song, type SongViewer } from '@bachata-buddy/database';
import type { SongAnalysis } from '@bachata-buddy/music';
import type { Logger } from '@bachata-buddy/platform';
import type { ObjectStore } from '@bachata-buddy/storage';
import { inSpan } from '@bachata-buddy/telemetry';
import { apiError } from '../errors.ts';
import { makeMoveLibraryCache } from './move-library-cache.ts';
import { makeSongAnalyser } from './song-analyser.ts';
import { makeTurns } from './turns.ts';
import { viewWishes } from './wishes-document.ts';

/** What Gemini may take before the rules step in; both together leave time for the analysis. */
const PARSE_DEADLINE_MS = 6_000;
const DESIGN_DEADLINE_MS = 10_000;

export interface PlannerOptions {
  readonly database: Database;
  readonly store: ObjectStore;
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

/** A dance that is there, and what there is to go on with it. */
interface DanceOptions {
  readonly song: Song;
  /** What the dance was planned for. */
  readonly request: ChoreographyRequest;
  readonly moves: readonly MoveToBuild[];
  /** What of the song it dances. */
  readonly excerpt: Excerpt;
  readonly signal: AbortSignal;
}

export interface ReviseOptions extends DanceOptions {
  /** Those that are null are passed over. */
  readonly edits: readonly (Edit | null)[];
}

export interface AlternativesOptions extends DanceOptions {
  /** Which of the moves, from 0. */
  readonly index: number;
  /** So many at most. */
  readonly most: number;
}

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
}

export function makePlanner({ database, store, language, log }: PlannerOptions): Planner {
  const analyse = makeSongAnalyser({ database, store });
  const loadLibrary = makeMoveLibraryCache(database, log);
  const turns = makeTurns();
  /** What the song is like, and what there is to dance to it. */
  const study = (song: Song, signal: AbortSignal) =>
    Promise.all([
      inSpan('analyse song', () => analyse(song, signal)),
      inSpan('load moves', () => loadLibrary()),
    ]);
  const resume = async ({ song, excerpt, signal }: DanceOptions) => {
    const [heard, library] = await study(song, signal);
    signal.throwIfAborted();
    await turns.begin();
    return { analysis: excerptOf(heard, excerpt), library };
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
      const [heard, library] = await study(song, signal);
      signal.throwIfAborted();
      const pause = await turns.begin();
      const plan = await inSpan('plan choreography', async (span) => {
        const made = await planChoreography({
          analysis: heard,
          library,
          request,
          pause,
          language,
          signal,
          deadlineMs: DESIGN_DEADLINE_MS,
          onFallback: (reason) => log.warn({ taskId, reason }, 'rules design the dance'),
        });
        span.set({ 'plan.moves': made.moves.length, 'plan.designed_by': made.designedBy });
        return made;
      });
      if (plan.relaxedFilters.length > 0) {
        log.info({ taskId, relaxedFilters: plan.relaxedFilters }, 'filters were relaxed');
      }
      const { excerpt } = plan;
      // The document takes as long as a turn: to be laid down, and to be checked.
      await turns.begin();
      const analysis = excerpt === null ? heard : excerptOf(heard, excerpt);
      return buildBlueprint({
        taskId,
        userId,
        song: songToDance(song, analysis, excerpt),
        moves: plan.moves,
        difficulty: request.difficulty,
        energyLevel: request.energyLevel,
        style: request.style,
        query: request.query,
        specialRequirements: request.specialRequirements,
        wishes: viewWishes(request),
        seed: request.seed,
        openWishes: [...(request.open ?? []), ...openSongWish(song, request), ...plan.openWishes],
        generatedAt,
        beats: analysis.beats,
        eights: analysis.eights,
        rhythmConfidence: { ...analysis.confidence },
      });
    },

    async revise({ edits, ...dance }) {
      const heard = await resume(dance);
      return inSpan('revise moves', async () => reviseMoves({ ...dance, ...heard, edits }));
    },

    async findAlternatives(dance) {
      const heard = await resume(dance);
      return inSpan('find alternatives', async () => findAlternatives({ ...dance, ...heard }));
    },
  };
}

function songToDance(song: Song, { tempoBpm, durationSec }: SongAnalysis, excerpt: Excerpt | null) {
  const { id, title, artist, audioPath } = song;
  return { id, title, artist, audioPath, tempoBpm, durationSec, ...(excerpt ?? {}) };
}
