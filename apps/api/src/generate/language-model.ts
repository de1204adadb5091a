import type { LanguageModel } from '@bachata-buddy/choreography';
import { makeGemini } from '@bachata-buddy/choreography/gemini';
import type { Config } from '../config.ts';

const GEMINI_TIMEOUT_MS = 12_000;

/** Gemini where a key is configured; without one the rules do its work. */
export function makeLanguageModel(
  config: Pick<Config, 'GOOGLE_API_KEY' | 'GEMINI_MODEL' | 'GEMINI_BASE_URL'>,
): LanguageModel | undefined {
  if (config.GOOGLE_API_KEY === undefined) return undefined;
  return makeGemini({
    apiKey: config.GOOGLE_API_KEY,
    model: config.GEMINI_MODEL,
    timeoutMs: GEMINI_TIMEOUT_MS,
    ...(config.GEMINI_BASE_URL === undefined ? {} : { baseUrl: config.GEMINI_BASE_URL }),
  });
}
