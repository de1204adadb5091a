import { findSeenPoses, type SeenPoses } from '@bachata-buddy/database';
import { type MediaTools, probeMedia } from '@bachata-buddy/media';
import { AppError, hasCode } from '@bachata-buddy/platform';
import {
  isPoseModelThere,
  makePoseEstimator,
  measurePoses,
  type PoseEstimator,
  poseKey,
  type SeenClip,
} from '@bachata-buddy/pose';
import { type SourceFile, withCopy } from './files/source-file.ts';
import type { IngestContext } from './ingest-context.ts';
import type { IngestReport } from './ingest-report.ts';

const WITHOUT =
  'Dances with them join moves without regard to how the couple stands, and may change dancers at any join';

/** A clip whose couple is to be looked at. */
export interface PosesToSee {
  /** For people. */
  readonly name: string;
  readonly source: SourceFile;
  /** SHA-256 of the file, hexadecimal. */
  readonly fileHash: string;
  readonly tempoBpm: number;
  readonly firstDownbeatSec: number;
  readonly counts: number;
}

/** Looks at clips, as far as there is a model to look with. */
export interface PoseWatcher {
  /**
   * What is seen in a clip: from the catalogue where it was looked at before, else measured; null where it cannot be,
   * which the report then says.
   */
  see(clip: PosesToSee): Promise<(SeenPoses & { readonly poseKey: string }) | null>;
  /** Ends what it has started, and says what is lost for want of a model. */
  end(): Promise<void>;
}

export interface PoseWatcherOptions extends Pick<IngestContext, 'db'> {
  readonly tools: MediaTools;
  readonly report: Pick<IngestReport, 'note'>;
  /** Of the package that holds the model, instead of where it is installed. */
  readonly folder?: string | undefined;
  /** Instead of the model. */
  readonly estimator?: PoseEstimator;
}

export function makePoseWatcher({ db, tools, report, folder, ...rest }: PoseWatcherOptions): PoseWatcher {
  const estimator = rest.estimator ?? makePoseEstimator({ folder });
  let unseen = 0;
  /** Why no clip can be looked at: a sentence. */
  let unavailable =
    rest.estimator !== undefined || isPoseModelThere(folder)
      ? null
      : 'The pose model is not installed: pnpm pose:add installs it.';

  const measure = async ({ name, source, fileHash, ...counted }: PosesToSee): Promise<SeenClip | null> => {
    if (unavailable !== null) {
      unseen += 1;
      return null;
    }
    const { signal } = source;
    try {
      return await withCopy(source, fileHash, async (path) =>
        measurePoses(
          { ...counted, path, probe: await probeMedia(tools, path, { signal }) },
          { tools, estimator, signal },
        ),
      );
    } catch (thrown) {
      if (hasCode(thrown, 'POSE_MODEL_DAMAGED', 'POSE_MODEL_MISSING')) {
        unavailable = thrown.message;
        unseen += 1;
        return null;
      }
      // What cannot be seen of a clip costs its poses, not the clip: it was measured and prepared before.
      const isBorne =
        hasCode(thrown, 'POSE_MODEL_FAILED') || (thrown instanceof AppError && thrown.isAboutFile);
      if (!isBorne) throw thrown;
      report.note(`${name}: its poses are not known: ${thrown.message}`);
      return null;
    }
  };

  return {
    async see(clip) {
      const key = poseKey(clip.fileHash, clip);
      const before = await findSeenPoses(db, key);
      if (before !== null) return { ...before, poseKey: key };
      const seen = await measure(clip);
      if (seen === null) return null;
      const { doubt, ...poses } = seen;
      if (doubt !== null) report.note(`${clip.name}: ${doubt}`);
      return { ...poses, poseKey: key };
    },
    async end() {
      await estimator.close();
      if (unseen === 0) return;
      report.note(`without poses: ${unseen} ${unseen === 1 ? 'clip' : 'clips'}. ${unavailable} ${WITHOUT}`);
    },
  };
}
