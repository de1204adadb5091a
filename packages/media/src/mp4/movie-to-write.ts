/** Samples that follow each other in one file, in decoding order; they are copied as they are. */
export interface SampleRun {
  readonly path: string;
  /** Bytes from that file's beginning, and length in bytes, of each sample. */
  readonly offsets: Float64Array;
  readonly sizes: Uint32Array;
  /** How long each is shown, in ticks of the track's timescale; at least 1. */
  readonly durationTicks: Uint32Array;
  /** 1 where decoding can begin. */
  readonly isSync: Uint8Array;
}

export interface TrackToWrite {
  readonly handler: 'vide' | 'soun';
  /** The whole sample entry box: what decoders are set up with. */
  readonly sampleEntry: Buffer;
  readonly timescale: number;
  /** Pixels; 0 for sound. */
  readonly width: number;
  readonly height: number;
  /** Place in the track, in ticks, that is shown at the file's beginning: an encoder's delay. */
  readonly startTicks: number;
  readonly runs: readonly SampleRun[];
}

export interface MovieToWrite {
  readonly path: string;
  readonly tracks: readonly TrackToWrite[];
  /** Four characters each, beside the usual ones. */
  readonly brands?: readonly string[];
  readonly title?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Gets the fraction copied, 0 to 1, never falling. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}
