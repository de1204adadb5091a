import { describeMove, embedText, type Move } from '@bachata-buddy/choreography';
import { describeDemoLibrary } from '@bachata-buddy/demo';
import { AUDIO_DIMENSIONS } from '@bachata-buddy/vocabulary';

/** As ingest brings them into the catalogue. */
export function demoMoves(): Move[] {
  return describeDemoLibrary().moves.map(({ path, poseEmbedding, ...move }) => ({
    ...move,
    poseKind: 'given',
    videoPath: path,
    embedding: {
      pose: poseEmbedding,
      audio: new Array<number>(AUDIO_DIMENSIONS).fill(0),
      text: embedText(describeMove(move)),
    },
  }));
}
