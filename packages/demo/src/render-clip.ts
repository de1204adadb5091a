import { setImmediate } from 'node:timers/promises';
import { createCanvas } from '@napi-rs/canvas';
import type { MovePlan } from './dance/move-plan.ts';
import { type Couple, perform } from './dance/performance.ts';
import { type Trailing, trail } from './dance/secondary-motion.ts';
import type { Dancer } from './dance/skeleton.ts';
import { clipFrames, countAtFrame, FRAMES_PER_COUNT, HANDLE_COUNTS } from './dance/timing.ts';
import { FRAME_HEIGHT, FRAME_WIDTH, see } from './drawing/camera.ts';
import { drawCouple } from './drawing/figure.ts';
import { drawShadows, type StagePictures } from './drawing/stage.ts';
import { type ClipFiles, openClipEncoder, type PictureStrip } from './encode-clip.ts';
import type { Vector } from './maths/vector.ts';

export interface RenderClipOptions {
  readonly ffmpegPath: string;
  readonly pictures: StagePictures;
  /** The stage of `pictures` as raw RGBA in a file. */
  readonly stagePath: string;
  readonly files: ClipFiles;
  readonly signal?: AbortSignal | undefined;
}

/** Metres about any joint that may be painted: the thickest part, the shadow, the skirt in a spin. */
const PAINT_MARGIN = 0.45;
/** Strip edges lie on multiples of this many pixels. */
const STRIP_STEP = 32;

function outermostJoints(dancer: Dancer): Vector[] {
  return [
    dancer.head,
    dancer.pelvis,
    dancer.leftArm.elbow,
    dancer.leftArm.hand,
    dancer.rightArm.elbow,
    dancer.rightArm.hand,
    dancer.leftLeg.toe,
    dancer.rightLeg.toe,
    dancer.leftLeg.knee,
    dancer.rightLeg.knee,
  ];
}

/** The narrowest strip of the picture that holds both dancers in all frames. */
function stripFor(couples: readonly Couple[]): PictureStrip {
  let left = FRAME_WIDTH;
  let right = 0;
  for (const { lead, follow } of couples) {
    for (const joint of [...outermostJoints(lead), ...outermostJoints(follow)]) {
      const { x, size } = see(joint);
      left = Math.min(left, x - PAINT_MARGIN * size);
      right = Math.max(right, x + PAINT_MARGIN * size);
    }
  }
  const from = Math.max(0, Math.floor(left / STRIP_STEP) * STRIP_STEP);
  const to = Math.min(FRAME_WIDTH, Math.ceil(right / STRIP_STEP) * STRIP_STEP);
  return { x: from, width: to - from };
}

/** Every frame of a clip worked out: both dancers, and the follow's hair and skirt. */
function danceClip(plan: MovePlan): { couples: Couple[]; trailing: Trailing[] } {
  const performance = perform(plan);
  const couples = Array.from({ length: clipFrames(plan.counts) }, (_, frame) =>
    performance.at(countAtFrame(frame)),
  );
  return {
    couples,
    trailing: trail(
      performance,
      couples.map(({ follow }) => follow),
    ),
  };
}

/**
 * Dances, draws and encodes one clip in the house format, its poster (the first "1") and its thumbnail sheet.
 *
 * @throws AppError `DEMO_ENCODE_FAILED`, also where `signal` aborts; the files are then worth nothing.
 */
export async function renderClip(plan: MovePlan, options: RenderClipOptions): Promise<void> {
  const { pictures, signal } = options;
  const { couples, trailing } = danceClip(plan);
  const strip = stripFor(couples);
  const canvas = createCanvas(strip.width, FRAME_HEIGHT);
  const context = canvas.getContext('2d');
  context.translate(-strip.x, 0);
  const posterFrame = HANDLE_COUNTS * FRAMES_PER_COUNT;
  const encoder = openClipEncoder({ ...options, strip, frameCount: couples.length, posterFrame });
  try {
    for (const [frame, couple] of couples.entries()) {
      context.drawImage(pictures.stage, 0, 0);
      drawShadows(context, pictures.shadow, couple);
      drawCouple(context, couple, trailing[frame] as Trailing);
      // Already a copy: the canvas paints the next frame while this one is still on its way.
      await encoder.write(canvas.data());
      // Lets a cancellation in: drawing alone would never yield.
      await setImmediate();
      signal?.throwIfAborted();
    }
    await encoder.finish();
  } catch (thrown) {
    await encoder.abandon();
    throw thrown;
  }
}
