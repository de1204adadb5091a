import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parameterSetsOf, type SampleRun, sampleRun, withoutBitRate } from '@bachata-buddy/media';
import { elementAt, valueAt } from '@bachata-buddy/platform';
import type { FetchedClip } from '../fetched-clip.ts';
import type { Picture } from '../picture.ts';
import { TICKS_PER_SECOND } from './clock.ts';
import { factsOfClips, makeFootage } from './make-footage.ts';
import { type MixedPictures, makeMixes } from './make-mixes.ts';
import { fileWith, type PictureFile, type PictureFiles } from './picture-file.ts';
import type { MakePictureOptions } from './picture-options.ts';
import { type Mix, type Piece, planPieces } from './plan-pieces.ts';

/** Share of the way that footage takes; what transitions mix is the rest. */
const FOOTAGE_SHARE = 0.7;

/**
 * Makes the video's picture by copying, every picture at its own time; encodes what cannot be copied: clips that are
 * not in the house format, what transitions mix, what stands in front of a keyframe.
 *
 * @throws AppError of `runFfmpeg`; `JOB_OUTPUT_INVALID`
 */
export async function makePicture(options: MakePictureOptions): Promise<Picture> {
  const picture = await assemble(options, options.clips);
  if (picture !== undefined) return picture;
  // What another encoder made does not follow ours in one stream: every clip is encoded here, once.
  const all = [...options.clips].map(([key, clip]) => [key, { ...clip, prepared: undefined }] as const);
  // Elsewhere: names come again here, and what bears them there may be kept parts, which nobody may write over.
  const directory = join(options.directory, 'again');
  await mkdir(directory);
  const again = await assemble({ ...options, directory }, new Map(all));
  if (again === undefined) throw new Error('Equal encodings have unequal parameter sets');
  return again;
}

/** Undefined where the parts cannot follow each other in one stream. */
async function assemble(
  options: MakePictureOptions,
  clips: ReadonlyMap<string, FetchedClip>,
): Promise<Picture | undefined> {
  const { blueprint, size, onProgress } = options;
  const facts = factsOfClips(clips);
  const pieces = planPieces(blueprint, facts);
  const files = await makeFootage(pieces, clips, {
    ...options,
    onProgress: (fraction) => onProgress(FOOTAGE_SHARE * fraction),
  });
  const mixes = pieces.flatMap((piece) => (piece.kind === 'mix' ? [piece.mix] : []));
  const mixed = await makeMixes(mixes, files, {
    ...options,
    onProgress: (fraction) => onProgress(FOOTAGE_SHARE + (1 - FOOTAGE_SHARE) * fraction),
  });
  const parts = pieces.map((piece) => partOf(piece, files, mixed));
  const { sampleEntry } = elementAt(parts, 0).file.track;
  const parameterSets = parameterSetsOf(sampleEntry);
  if (!parts.every(({ file }) => haveEqual(parameterSets, parameterSetsOf(file.track.sampleEntry)))) {
    return undefined;
  }
  const runs = parts.map(({ run }) => run);
  return { sampleEntry: withoutBitRate(sampleEntry), timescale: TICKS_PER_SECOND, ...size, runs };
}

interface Part {
  readonly file: PictureFile;
  readonly run: SampleRun;
}

function partOf(piece: Piece, files: PictureFiles, mixed: ReadonlyMap<Mix, MixedPictures>): Part {
  if (piece.kind === 'mix') {
    const { file, firstSample } = valueAt(mixed, piece.mix);
    return { file, run: sampleRun(file.path, file.track, firstSample, piece.durationTicks) };
  }
  const file = fileWith(files, piece.clipKey, piece.firstFrame);
  const first = piece.firstFrame - file.firstFrame;
  return { file, run: sampleRun(file.path, file.track, first, piece.durationTicks) };
}

function haveEqual(first: Buffer | undefined, second: Buffer | undefined): boolean {
  return first !== undefined && second?.equals(first) === true;
}
