import { buildBlueprint } from '@bachata-buddy/blueprint';
import {
  buildMoveLibrary,
  excerptOf,
  findAlternatives,
  type LanguageModel,
  type Move,
  type MoveLibrary,
  planChoreography,
  reviseMoves,
} from '@bachata-buddy/choreography';
import type { Composed, ComposeQuestion, QuestionName, Questions } from './questions.ts';
import { makeTurns } from './turns.ts';

/** A question, and what it comes with that is no data. */
export interface Asked<Question> {
  readonly question: Question;
  readonly signal: AbortSignal;
  readonly language: LanguageModel | undefined;
  readonly onFallback: (reason: string) => void;
}

/**
 * Where dances are made: of the library that was loaded last. It computes, and neither reads nor writes. What is asked at
 * once is computed by turns.
 */
export function makeWorkshop() {
  const turns = makeTurns();
  let taken: (readonly Move[])[] = [];
  let loaded: MoveLibrary | undefined;

  const library = (): MoveLibrary => {
    if (loaded === undefined) throw new Error('No library was loaded.');
    return loaded;
  };
  const dance = <Question extends Questions['revise' | 'findAlternatives']['question']>(
    question: Question,
  ) => ({
    ...question,
    analysis: excerptOf(question.analysis, question.excerpt),
    library: library(),
  });

  const makers: {
    readonly [Name in QuestionName]: (
      asked: Asked<Questions[Name]['question']>,
    ) => Promise<Questions[Name]['answer']>;
  } = {
    async compose({ question, ...means }) {
      const { analysis, request, deadlineMs } = question;
      const turn = await turns.begin();
      const plan = await planChoreography({
        ...{ analysis, request, deadlineMs, library: library(), pause: turn.pause },
        ...means,
      });
      // The document takes as long as a turn: to be laid down, and to be checked.
      await turn.next();
      means.signal.throwIfAborted();
      return writeDown(question, plan);
    },
    async revise({ question, signal }) {
      await turns.begin({ isShort: true });
      signal.throwIfAborted();
      return reviseMoves(dance(question));
    },
    async findAlternatives({ question, signal }) {
      await turns.begin({ isShort: true });
      signal.throwIfAborted();
      return findAlternatives(dance(question));
    },
  };

  return {
    /** Takes moves of the library that is on its way; with its first ones it forgets what came of another. */
    take(moves: readonly Move[], isFirst: boolean): void {
      if (isFirst) taken = [];
      taken.push(moves);
    },
    /** Makes a library of what was taken, which takes the place of the last one. @throws AppError as `buildMoveLibrary` */
    async load(): Promise<void> {
      const moves = taken.flat();
      taken = [];
      loaded = await buildMoveLibrary(moves);
    },
    answer: <Name extends QuestionName>(
      name: Name,
      asked: Asked<Questions[Name]['question']>,
    ): Promise<Questions[Name]['answer']> => makers[name](asked),
  };
}

function writeDown(
  { analysis: heard, request, document, song, openWishes }: ComposeQuestion,
  {
    moves,
    excerpt,
    designedBy,
    relaxedFilters,
    openWishes: unmet,
  }: Awaited<ReturnType<typeof planChoreography>>,
): Composed {
  const analysis = excerpt === null ? heard : excerptOf(heard, excerpt);
  const { difficulty, energyLevel, style, query, specialRequirements, seed } = request;
  const blueprint = buildBlueprint({
    ...document,
    song: { ...song, tempoBpm: analysis.tempoBpm, durationSec: analysis.durationSec, ...(excerpt ?? {}) },
    moves,
    difficulty,
    energyLevel,
    style,
    query,
    specialRequirements,
    seed,
    openWishes: [...openWishes, ...unmet],
    beats: analysis.beats,
    eights: analysis.eights,
    rhythmConfidence: { ...analysis.confidence },
  });
  return { blueprint, designedBy, relaxedFilters };
}
