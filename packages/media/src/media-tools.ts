/** The two programs everything in this package runs, as absolute paths that were executable when they were found. */
export interface MediaPrograms {
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
}

/** The same, and ffmpeg was asked whether it can do what the project asks of it. */
export interface MediaTools extends MediaPrograms {
  /** As `ffmpeg -version` prints it after "ffmpeg version": `5.1.9-0+deb12u1`, `7.0.2-static`. */
  readonly ffmpegVersion: string;
}
