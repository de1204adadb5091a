import { type Blueprint, buildBlueprint, type MoveToBuild } from '@bachata-buddy/blueprint';
import {
  type ChoreographyRequest,
  type Edit,
  type Excerpt,
  excerptOf,
  type LanguageModel,
  openSongWish,
  type ParsedQuery,
  parseQuery,
  planChoreography,
  type Revision,
  reviseMoves,
  selectSong,
} from '@bachata-buddy/choreography';
import { type Database, listAllSongs, type Song } from '@bachata-buddy/database';
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
const SEQUENCE_DEADLINE_MS = 10_000;

export interface PlannerOptions {
  readonly database: Database;
  readonly store: ObjectStore;
  /** Without one, rules understand sentences and order moves. */
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

export interface ReviseOptions {
  readonly song: Song;
  /** What the dance was planned for. */
  readonly request: ChoreographyRequest;
  readonly moves: readonly MoveToBuild[];
  /** What of the song it dances. */
  readonly excerpt: Excerpt;
  /** Those that are null are passed over. */
  readonly edits: readonly (Edit | null)[];
  readonly signal: AbortSignal;
}

/** The thinking part of a generation: no task, no launch, nothing written but the cache of analyses. */
export interface Planner {
  /** @throws AppError `CHOREOGRAPHY_QUERY_NOT_UNDERSTOOD` */
  understand(query: string, signal?: AbortSignal): Promise<ParsedQuery>;
  /** @throws AppError `CHOREOGRAPHY_NO_SONGS` */
  chooseSong(query: string, parsed: ParsedQuery): Promise<Song>;
  /** Analysis, library, plan, document. @throws AppError, BlueprintError */
  compose(options: ComposeOptions): Promise<Blueprint>;
  /** Analysis, library, changed moves; or what is wrong with the edits. @throws AppError */
  revise(options: ReviseOptions): Promise<Revision>;
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

    chooseSong: (query, parsed) =>
      inSpan('select song', async () => {
        const songs = await listAllSongs(database);
        const choice = selectSong(songs, { ...parsed, query });
        const song = songs.find(({ id }) => id === choice.id);
        if (song === undefined) throw apiError('GENERATE_SONG_GONE', 'The song is gone');
        return song;
      }),

    async compose({ taskId, userId, song, request, generatedAt, signal }) {
      const [heard, library] = await study(song, signal);
      signal.throwIfAborted();
      const plan = await inSpan('plan choreography', async (span) => {
        const made = await planChoreography({
          analysis: heard,
          library,
          request,
          pause: turns.begin(),
          language,
          signal,
          deadlineMs: SEQUENCE_DEADLINE_MS,
          onFallback: (reason) => log.warn({ taskId, reason }, 'rules order the moves'),
        });
        span.set({ 'plan.moves': made.moves.length, 'plan.sequenced_by': made.sequencedBy });
        return made;
      });
      if (plan.relaxedFilters.length > 0) {
        log.info({ taskId, relaxedFilters: plan.relaxedFilters }, 'filters were relaxed');
      }
      const { excerpt } = plan;
      const analysis = excerpt === null ? heard : excerptOf(heard, excerpt);
      return buildBlueprint({
        taskId,
        userId,
        song: {
          id: song.id,
          title: song.title,
          artist: song.artist,
          audioPath: song.audioPath,
          tempoBpm: analysis.tempoBpm,
          durationSec: analysis.durationSec,
          ...(excerpt ?? {}),
        },
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

    async revise({ song, request, moves, excerpt, edits, signal }) {
      const [heard, library] = await study(song, signal);
      const analysis = excerptOf(heard, excerpt);
      signal.throwIfAborted();
      return inSpan('revise moves', async () => reviseMoves({ moves, edits, analysis, library, request }));
    },
  };
}
