/** The package has no types of its own. */
declare module 'music-tempo' {
  /** Finds tempo and beats when made; throws where it finds none. */
  // biome-ignore lint/style/noDefaultExport: the package has it so.
  export default class MusicTempo {
    constructor(samples: Float32Array | readonly number[], options?: Readonly<Record<string, number>>);
    readonly tempo: string;
    /** Seconds. */
    readonly beats: number[];
  }
}
