import type { LanguageQuestion, Move } from '@bachata-buddy/choreography';
import type { Outcome } from './outcome.ts';
import type { QuestionName, Questions } from './questions.ts';

/** What the service calls in the thread. */
export interface ThreadFunctions {
  /** Takes moves of the library that is on its way; with its first ones it forgets what came of another. */
  take(moves: readonly Move[], isFirst: boolean): void;
  /** Makes a library of what was taken, which then takes the place of the last one. */
  load(): Promise<Outcome<void>>;
  /** @param id names the question, also when it is given up */
  answer<Name extends QuestionName>(
    id: string,
    name: Name,
    question: Questions[Name]['question'],
  ): Promise<Outcome<Questions[Name]['answer']>>;
  /** Gives a question up. */
  abort(id: string): void;
}

/** What the thread calls in the service. */
export interface ServiceFunctions {
  /** Asks the language model. */
  askModel(id: string, question: LanguageQuestion): Promise<Outcome<unknown>>;
  abortModel(id: string): void;
  /** Tells why the rules stepped in, of a question. */
  fallBack(id: string, reason: string): void;
}
