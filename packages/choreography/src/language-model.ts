import { AppError, cancelled } from '@bachata-buddy/platform';

/** The one thing this package asks of a language model. `@bachata-buddy/choreography/gemini` is one. */
export interface LanguageModel {
  /**
   * Answers with a JSON value meant to follow `schema` (an OpenAPI 3.0 schema object); callers check it all the same.
   * `instruction` is ours, `content` may hold a user's words. Rejects where there is no whole answer.
   */
  answerJson(input: {
    readonly instruction: string;
    readonly content: string;
    readonly schema: object;
    /** The same question with the same seed is to get the same answer, as far as the model can. */
    readonly seed?: number;
    readonly signal?: AbortSignal;
  }): Promise<unknown>;
}

/** What a language model is asked. */
export type LanguageQuestion = Omit<Parameters<LanguageModel['answerJson']>[0], 'signal'>;

/** How a language model may be used, and what to do without. */
export interface LanguageOptions {
  readonly language?: LanguageModel | undefined;
  /** The caller's own end: rejects with `CANCELLED`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds the model may take before the rules step in; 8000 where absent. */
  readonly deadlineMs?: number | undefined;
  /** Told why the rules stepped in, in words fit for a log. */
  readonly onFallback?: ((reason: string) => void) | undefined;
}

const DEFAULT_DEADLINE_MS = 8_000;

/** Throws `CANCELLED` where the caller has given up. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw cancelled('The request was cancelled.', signal.reason);
}

/**
 * Asks the model within the deadline. Returns its unchecked answer, or null where there is no model, it fails, is late
 * or answers nothing; the reason goes to `onFallback`. Throws `CANCELLED` where the caller's signal aborts.
 */
export async function askOrNull(question: LanguageQuestion, options: LanguageOptions): Promise<unknown> {
  const { language, signal, deadlineMs = DEFAULT_DEADLINE_MS, onFallback } = options;
  throwIfCancelled(signal);
  if (language === undefined) return null;
  const ending = new AbortController();
  const end = () => ending.abort(new Error('cancelled by the caller'));
  const timer = setTimeout(() => ending.abort(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs);
  signal?.addEventListener('abort', end, { once: true });
  try {
    // The race ends even where a model does not listen to its signal.
    const answer = await Promise.race([
      rejectOnAbort(ending.signal),
      language.answerJson({ ...question, signal: ending.signal }),
    ]);
    if (answer === null) onFallback?.('the language model answered nothing');
    return answer;
  } catch (error) {
    throwIfCancelled(signal);
    onFallback?.(reasonOf(ending.signal.aborted ? ending.signal.reason : error));
    return null;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof AppError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
