import type { Database } from '@bachata-buddy/database';
import type { AnalyseSound } from '@bachata-buddy/music';
import type { ObjectStore } from '@bachata-buddy/storage';
import type { AppConfig } from './config.ts';
import type { Planner } from './generate/planner.ts';
import type { JobLauncher } from './launch/job-launcher.ts';
import type { Figures } from './metrics/figures.ts';
import type { Playback } from './playback.ts';
import type { SignedMedia } from './signed-media.ts';
import type { UploadRoom } from './uploads/upload-room.ts';

/** What the process opened, for every route; each takes out of it what it uses. What plugins own is the app's. */
export interface RouteContext {
  readonly config: AppConfig;
  readonly database: Database;
  readonly store: ObjectStore;
  readonly playback: Playback;
  readonly signedMedia: SignedMedia;
  /** What this process receives of uploads at once, whatever routes they come by. */
  readonly uploadRoom: UploadRoom;
  readonly planner: Planner;
  readonly analyseSound: AnalyseSound;
  readonly launcher: JobLauncher;
  /** Undefined where nothing is measured. */
  readonly figures: Figures | undefined;
}
