import { createHash } from 'node:crypto';
import {
  frameAtTime,
  MEZZANINE_FRAME_RATE,
  type MediaProbe,
  type MediaPrograms,
  readPictures,
} from '@bachata-buddy/media';
import { type ClipLook, COUNTS_BETWEEN_POSES, type CouplePose } from '@bachata-buddy/vocabulary';
import { describeLook, type PeopledPicture } from './clip-look.ts';
import { describeCouple, type Found, findCouple } from './couple.ts';
import { readPeople } from './people.ts';
import { PICTURE_SIZE } from './picture-size.ts';
import type { PoseEstimator } from './pose-estimator.ts';
import { poseVector } from './pose-vector.ts';
import { inOneOrder } from './same-order.ts';

/** Raised when what is measured comes out different, so that unchanged clips are measured again. */
const POSE_VERSION = 1;
/** A minute at a dance's tempo and more than any move: what lies behind it stays unknown. */
const MOST_COUNTS = 128;
const SECONDS_PER_MINUTE = 60;
/** Pictures to each side, where a count shows nobody: an eighth of a second. */
const NEIGHBOUR_FRAMES = 4;
/** Below this the model itself does not say that somebody is there. */
const LEAST_CONFIDENCE = 0.15;
/** Decimals that are kept: a thousandth of the picture's height is less than a pixel. */
const DECIMALS = 3;

/** When a clip is danced, and where it lies. */
export interface ClipToSee {
  readonly path: string;
  readonly probe: MediaProbe;
  readonly tempoBpm: number;
  readonly firstDownbeatSec: number;
  readonly counts: number;
}

/** What was seen in a clip. */
export interface SeenClip {
  /** One for every fourth count, from the first "1" to the end of the last count. */
  readonly poses: readonly CouplePose[];
  /** 512 values; null where both dancers were found nowhere. */
  readonly vector: readonly number[] | null;
  readonly look: ClipLook | null;
  /** What somebody should know of it: a sentence without the clip's name; null where there is nothing. */
  readonly doubt: string | null;
}

/** A text that is the same where the same would be seen: the same bytes, looked at in the same places, at the same counts. */
export function poseKey(
  contentHash: string,
  clip: Pick<ClipToSee, 'tempoBpm' | 'firstDownbeatSec' | 'counts'>,
): string {
  const places = framesOf(clip).map((frame, index) => `${index * COUNTS_BETWEEN_POSES}@${frame}`);
  // How long the move is says which of them its vector is made of.
  const facts = [POSE_VERSION, contentHash, places.join(), clip.counts];
  return createHash('sha256').update(facts.join(':')).digest('hex');
}

/**
 * Looks at a clip's couple at every fourth count; at the pictures beside it where it shows nobody.
 *
 * @throws AppError of the estimator and of `readPictures`
 */
export async function measurePoses(
  clip: ClipToSee,
  {
    tools,
    estimator,
    signal,
  }: {
    readonly tools: MediaPrograms;
    readonly estimator: PoseEstimator;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<SeenClip> {
  const places = framesOf(clip).map((frame) =>
    [frame, frame - NEIGHBOUR_FRAMES, frame + NEIGHBOUR_FRAMES].filter((one) => one >= 0),
  );
  const { path, probe } = clip;
  const pictures = await readPictures(tools, path, {
    probe,
    size: PICTURE_SIZE,
    frames: places.flat(),
    signal,
  });
  const found: Found[] = [];
  const peopled: PeopledPicture[] = [];
  for (const frames of places) {
    let here: Found = { who: 'nobody' };
    for (const pixels of frames.flatMap((frame) => pictures.get(frame) ?? [])) {
      here = findCouple(readPeople(await estimator.look(pixels, signal), LEAST_CONFIDENCE));
      if (here.who === 'nobody') continue;
      if (here.who !== 'crowd') peopled.push({ pixels, people: here.people });
      break;
    }
    found.push(here);
  }
  const poses = inOneOrder(found.map((one, index) => describeCouple(index * COUNTS_BETWEEN_POSES, one)));
  const vector = poseVector(poses, clip.counts);
  return { ...rounded({ poses, vector, look: describeLook(peopled) }), doubt: doubtOf(found) };
}

/** The picture at every fourth count, in the house format. */
function framesOf({
  tempoBpm,
  firstDownbeatSec,
  counts,
}: Pick<ClipToSee, 'tempoBpm' | 'firstDownbeatSec' | 'counts'>) {
  const frames: number[] = [];
  for (let count = 0; count <= Math.min(counts, MOST_COUNTS); count += COUNTS_BETWEEN_POSES) {
    const timeSec = firstDownbeatSec + (count * SECONDS_PER_MINUTE) / tempoBpm;
    frames.push(frameAtTime(timeSec, MEZZANINE_FRAME_RATE));
  }
  return frames;
}

function doubtOf(found: readonly Found[]): string | null {
  const count = (who: Found['who']) => found.filter((one) => one.who === who).length;
  if (count('couple') > 0) return null;
  if (count('crowd') > 0) return 'its poses are not known: more than two people dance in it';
  if (count('one') > 0) return 'its poses are not known: two dancers cannot be told apart in it';
  return 'its poses are not known: nobody was found in it';
}

/** The same with every number of it rounded. */
function rounded<Value>(value: Value): Value {
  const isNumber = (one: unknown): one is number => typeof one === 'number';
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) => (isNumber(one) ? Number(one.toFixed(DECIMALS)) : one)),
  );
}
