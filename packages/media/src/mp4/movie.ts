/** An mp4 file as its index describes it (ISO/IEC 14496-12); no byte of sound or picture is held. */
export interface Movie {
  readonly fileBytes: number;
  /** What the file says it is: the major brand first, then the compatible ones, four characters each. */
  readonly brands: readonly string[];
  /** Whether playing can begin before the whole file is there. */
  readonly isIndexInFront: boolean;
  readonly tracks: readonly MovieTrack[];
}

export interface MovieTrack {
  /** `vide`, `soun`, `text`, `tmcd`, ... */
  readonly handler: string;
  /** Of the sample entry: `avc1`, `mp4a`, ... */
  readonly codec: string;
  /** The whole sample entry box, as it stands in the file. */
  readonly sampleEntry: Buffer;
  /** Ticks a second. */
  readonly timescale: number;
  /** Pixels as coded; 0 for what is no picture. */
  readonly width: number;
  readonly height: number;
  /** Place in the track, in ticks, that is shown at the file's beginning (first edit); 0 without an edit list. */
  readonly startTicks: number;
  readonly samples: SampleTable;
}

/**
 * One row a sample (a picture, or a packet of sound), in decoding order. Of uncompressed sound, which has one for each tick
 * of its clock, one row a chunk: the samples that lie together.
 */
export interface SampleTable {
  readonly count: number;
  /** Bytes from the file's beginning. */
  readonly offsets: Float64Array;
  readonly sizes: Uint32Array;
  readonly durationTicks: Uint32Array;
  /** 1 where decoding can begin. */
  readonly isSync: Uint8Array;
  /** Whether pictures are shown in another order than they are decoded in (B-frames). */
  readonly isReordered: boolean;
}
