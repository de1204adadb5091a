import { AppError, cancelled, cutText } from '@bachata-buddy/platform';
import {
  type EnhancedGenerateContentResponse,
  type FinishReason,
  type GenerationConfig,
  GoogleGenerativeAI,
  GoogleGenerativeAIFetchError,
  type ResponseSchema,
} from '@google/generative-ai';
import { type CHOREOGRAPHY_ERRORS, choreographyError } from './errors.ts';
import type { LanguageModel } from './language-model.ts';

export interface GeminiOptions {
  readonly apiKey: string;
  /** E.g. "gemini-2.5-flash". */
  readonly model: string;
  /** Where the service is; Google's own address where absent. */
  readonly baseUrl?: string;
  /** Milliseconds one answer may take, reading it included. */
  readonly timeoutMs: number;
}

const MAX_PROVIDER_MESSAGE_LENGTH = 300;
/** A design of a song of twenty minutes is a fiftieth of it: whoever answers more is not followed. */
const MAX_ANSWER_LENGTH = 500_000;
/** Seeds are whole numbers of 32 bits with a sign. */
const SEEDS = 2 ** 31;
/** Models put JSON between fences now and then, whatever type they were asked for. */
const FENCED = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/;

/**
 * Google's Gemini as a {@link LanguageModel}: `POST /v1beta/models/MODEL:generateContent` with a response schema.
 *
 * Rejects with an AppError; no message, detail or cause holds the key:
 * `CHOREOGRAPHY_GEMINI_RATE_LIMITED` (429), `_UNAVAILABLE` (5xx, no connection) and `_TIMEOUT` are retryable;
 * `_UNAUTHORIZED` (401, 403, or 400 for a bad key), `_REJECTED` (other 4xx), `_BLOCKED` (refused by its policies),
 * `_CUT_OFF` (ended by the token limit) and `_BAD_ANSWER` (empty, too long or no JSON) are not. `CANCELLED` where
 * the caller's signal aborts.
 *
 * Source: https://ai.google.dev/api/generate-content
 */
export function makeGemini(options: GeminiOptions): LanguageModel {
  const client = new GoogleGenerativeAI(options.apiKey);
  const requestOptions =
    options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl.replace(/\/+$/, '') };
  return {
    async answerJson({ instruction, content, schema, seed, signal }) {
      const model = client.getGenerativeModel(
        {
          model: options.model,
          systemInstruction: instruction,
          generationConfig: generationConfig(schema, seed),
        },
        requestOptions,
      );
      // The package's own timeout leaves its timer running after the answer, and it overlooks a signal that has
      // aborted before the call.
      const timeout = AbortSignal.timeout(options.timeoutMs);
      const ending = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
      try {
        ending.throwIfAborted();
        const { response } = await model.generateContent(content, { signal: ending });
        return parseAnswer(response);
      } catch (error) {
        throw normaliseError(error, { apiKey: options.apiKey, timeout, signal });
      }
    },
  };
}

function generationConfig(schema: object, seed: number | undefined): GenerationConfig & { seed?: number } {
  return {
    responseMimeType: 'application/json',
    responseSchema: schema as ResponseSchema,
    temperature: 0,
    candidateCount: 1,
    // The service takes it, the client's types are older.
    ...(seed === undefined ? {} : { seed: seed % SEEDS }),
  };
}

const BLOCKED: ReadonlySet<FinishReason | string> = new Set([
  'SAFETY',
  'RECITATION',
  'LANGUAGE',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
]);

function parseAnswer(response: EnhancedGenerateContentResponse): unknown {
  const blockReason = response.promptFeedback?.blockReason;
  const candidate = response.candidates?.[0];
  const finishReason = candidate?.finishReason;
  if (blockReason !== undefined || (finishReason !== undefined && BLOCKED.has(finishReason))) {
    throw geminiError('CHOREOGRAPHY_GEMINI_BLOCKED', 'The language model refused to answer.', {
      blockReason,
      finishReason,
    });
  }
  if (finishReason === 'MAX_TOKENS') {
    throw geminiError('CHOREOGRAPHY_GEMINI_CUT_OFF', "The language model's answer was cut off.", {
      finishReason,
    });
  }
  const text = candidate?.content?.parts?.map((part) => part.text ?? '').join('') ?? '';
  if (text.length > MAX_ANSWER_LENGTH) {
    throw geminiError('CHOREOGRAPHY_GEMINI_BAD_ANSWER', "The language model's answer is too long.", {
      finishReason,
      length: text.length,
    });
  }
  try {
    return JSON.parse(FENCED.exec(text)?.[1] ?? text);
  } catch {
    // The parser's own message quotes the answer, which may quote the user.
    throw geminiError('CHOREOGRAPHY_GEMINI_BAD_ANSWER', 'The language model did not answer with JSON.', {
      finishReason,
      length: text.length,
    });
  }
}

interface CallFacts {
  readonly apiKey: string;
  readonly timeout: AbortSignal;
  readonly signal: AbortSignal | undefined;
}

function normaliseError(error: unknown, { apiKey, timeout, signal }: CallFacts): AppError {
  if (error instanceof AppError) return error;
  if (signal?.aborted) return cancelled('The request was cancelled.');
  if (timeout.aborted)
    return geminiError('CHOREOGRAPHY_GEMINI_TIMEOUT', 'The language model did not answer in time.', {});
  const providerMessage = withoutKey(error instanceof Error ? error.message : String(error), apiKey);
  if (!(error instanceof GoogleGenerativeAIFetchError) || error.status === undefined) {
    const message = 'The language model could not be reached.';
    return geminiError('CHOREOGRAPHY_GEMINI_UNAVAILABLE', message, { providerMessage });
  }
  const details = { status: error.status, providerMessage };
  if (error.status === 429)
    return geminiError('CHOREOGRAPHY_GEMINI_RATE_LIMITED', 'The language model is over its quota.', details);
  if (error.status >= 500)
    return geminiError('CHOREOGRAPHY_GEMINI_UNAVAILABLE', 'The language model is unavailable.', details);
  if (error.status === 401 || error.status === 403 || /api[ _]key/i.test(providerMessage)) {
    return geminiError(
      'CHOREOGRAPHY_GEMINI_UNAUTHORIZED',
      'The language model does not accept the key.',
      details,
    );
  }
  return geminiError('CHOREOGRAPHY_GEMINI_REJECTED', 'The language model rejected the request.', details);
}

type GeminiCode = Extract<keyof typeof CHOREOGRAPHY_ERRORS, `CHOREOGRAPHY_GEMINI_${string}`>;

function geminiError(code: GeminiCode, message: string, details: Record<string, unknown>): AppError {
  return choreographyError(code, message, { details });
}

function withoutKey(text: string, apiKey: string): string {
  const clean =
    apiKey === '' ? text : text.replaceAll(apiKey, '***').replaceAll(encodeURIComponent(apiKey), '***');
  return cutText(clean, { length: MAX_PROVIDER_MESSAGE_LENGTH });
}
