import { join } from 'node:path';
import { readText } from '@bachata-buddy/platform';
import { POSE_DIMENSIONS } from '@bachata-buddy/vocabulary';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { ingestError } from './errors.ts';

const FileSchema = Type.Object({
  embeddings: Type.Array(
    Type.Object({
      clip_id: Type.String(),
      pose_embedding: Type.Array(Type.Number(), { minItems: POSE_DIMENSIONS, maxItems: POSE_DIMENSIONS }),
    }),
  ),
});

/**
 * Pose vectors of the clips by id, from an `embeddings.json` in the clip folder; empty where there is none.
 *
 * @throws AppError `INGEST_EMBEDDINGS` where the file is there but is not such a document
 */
export async function readPoseVectors(
  clipDirectory: string,
): Promise<ReadonlyMap<string, readonly number[]>> {
  let text: string;
  try {
    text = await readText(join(clipDirectory, 'embeddings.json'));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw ingestError('INGEST_EMBEDDINGS', 'embeddings.json could not be read.', { cause: thrown });
  }
  const document: unknown = parseJson(text);
  if (!Value.Check(FileSchema, document)) {
    throw ingestError(
      'INGEST_EMBEDDINGS',
      `embeddings.json must hold "embeddings" with a "pose_embedding" of ${POSE_DIMENSIONS} numbers each.`,
    );
  }
  return new Map(document.embeddings.map((entry) => [entry.clip_id, entry.pose_embedding]));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw ingestError('INGEST_EMBEDDINGS', 'embeddings.json is not JSON.', { cause: thrown });
  }
}
