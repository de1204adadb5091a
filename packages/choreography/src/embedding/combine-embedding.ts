import { AUDIO_DIMENSIONS, POSE_DIMENSIONS, TEXT_DIMENSIONS } from '@bachata-buddy/vocabulary';
import { choreographyError } from '../errors.ts';

export const COMBINED_DIMENSIONS = POSE_DIMENSIONS + AUDIO_DIMENSIONS + TEXT_DIMENSIONS;

const PARTS = [
  { name: 'pose', dimensions: POSE_DIMENSIONS, weight: 0.35 },
  { name: 'audio', dimensions: AUDIO_DIMENSIONS, weight: 0.35 },
  { name: 'text', dimensions: TEXT_DIMENSIONS, weight: 0.3 },
] as const;

export interface EmbeddingParts {
  /** 512 values, any length above zero; absent, null or all zero where unknown. */
  readonly pose?: readonly number[] | null;
  /** 128 values. */
  readonly audio?: readonly number[] | null;
  /** 384 values. */
  readonly text?: readonly number[] | null;
}

/**
 * One search vector of pose, audio and text: each part brought to unit length and weighted (0.35, 0.35, 0.30), put one
 * after the other, the whole brought to unit length. A missing part is zeros.
 *
 * Shape: Float32Array [1024] = pose 512, audio 128, text 384.
 * Throws `CHOREOGRAPHY_EMBEDDING_EMPTY` where all parts are missing, `CHOREOGRAPHY_EMBEDDING_INVALID` where a part has
 * another number of values or one that is not finite.
 */
export function combineEmbedding(parts: EmbeddingParts): Float32Array {
  const combined = new Float32Array(COMBINED_DIMENSIONS);
  let offset = 0;
  let squares = 0;
  for (const { name, dimensions, weight } of PARTS) {
    const values = parts[name] ?? [];
    const length = checkedLength(values, name, dimensions);
    if (length > 0) {
      for (let index = 0; index < dimensions; index++) {
        combined[offset + index] = (weight * values[index]!) / length;
      }
      squares += weight ** 2;
    }
    offset += dimensions;
  }
  if (squares === 0) {
    throw choreographyError(
      'CHOREOGRAPHY_EMBEDDING_EMPTY',
      'An embedding needs a pose, an audio or a text part.',
    );
  }
  const scale = 1 / Math.sqrt(squares);
  return combined.map((value) => value * scale);
}

/** Whether a part holds anything to search by. */
export function isKnownPart(values: readonly number[] | null | undefined): boolean {
  return values?.some((value) => value !== 0) ?? false;
}

function checkedLength(values: readonly number[], name: string, dimensions: number): number {
  if (values.length === 0) return 0;
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  if (values.length !== dimensions || !Number.isFinite(length)) {
    throw choreographyError(
      'CHOREOGRAPHY_EMBEDDING_INVALID',
      `The ${name} part of an embedding needs ${dimensions} finite values.`,
      { details: { part: name, values: values.length } },
    );
  }
  return length;
}
