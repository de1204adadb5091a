/** The two programs everything in this package runs, as absolute paths that were executable when they were found. */
export interface MediaTools {
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  /** As `ffmpeg -version` prints it after "ffmpeg version": `5.1.9-0+deb12u1`, `7.0.2-static`. */
  readonly ffmpegVersion: string;
}
