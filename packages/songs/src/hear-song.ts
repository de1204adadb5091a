import {
  type Database,
  findAnalysis,
  findWaveform,
  saveAnalysis,
  saveWaveform,
} from '@bachata-buddy/database';
import { decodeAudioInto, type MediaTools } from '@bachata-buddy/media';
import {
  ANALYSIS_SAMPLE_RATE_HZ,
  type AnalyseSound,
  analyseSong,
  makeSoundPacker,
  type PackedSound,
  peaksOf,
  type SongAnalysis,
  WAVEFORM_VERSION,
} from '@bachata-buddy/music';

/** A song's file, wherever it is when it is needed. */
export interface SongToHear {
  readonly db: Database;
  /** SHA-256 of the file, hexadecimal. */
  readonly contentHash: string;
  readonly analyseSound: AnalyseSound;
  /** Asked for only where the file has to be listened to. */
  readonly tools: () => Promise<MediaTools>;
  /** Lends the file for as long as it is used. */
  readonly withFile: <T>(use: (filePath: string) => Promise<T>) => Promise<T>;
  /** A longer recording is refused. Default as of `decodeAudio`. */
  readonly maxDurationSec?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A song's analysis, from the database where the same bytes were analysed before. Whoever listens to the file keeps its
 * outline with it.
 *
 * @throws AppError those of `decodeAudio` and `analyseSong`
 */
export function hearSong(song: SongToHear): Promise<SongAnalysis> {
  const { db, contentHash, analyseSound, signal } = song;
  return analyseSong({
    contentHash,
    decode: async () => {
      const packed = await decode(song);
      await keepPeaks(song, packed);
      return packed;
    },
    cache: {
      find: (hash, version) => findAnalysis(db, hash, version),
      save: (hash, version, analysis) => saveAnalysis(db, hash, version, analysis),
    },
    analyseSound,
    signal,
  });
}

/** A song's outline (`peaksOf`), from the database where the same bytes were drawn before; else it is kept there. */
export async function drawSong(song: SongToHear): Promise<readonly number[]> {
  const known = await findWaveform(song.db, song.contentHash, WAVEFORM_VERSION);
  return known ?? keepPeaks(song, await decode(song));
}

function decode({ tools, withFile, maxDurationSec, signal }: SongToHear): Promise<PackedSound> {
  const options = { sampleRateHz: ANALYSIS_SAMPLE_RATE_HZ, maxDurationSec, signal };
  return withFile(async (filePath) => decodeAudioInto(await tools(), filePath, options, makeSoundPacker));
}

async function keepPeaks({ db, contentHash }: SongToHear, packed: PackedSound): Promise<number[]> {
  const peaks = peaksOf(packed, ANALYSIS_SAMPLE_RATE_HZ);
  await saveWaveform(db, contentHash, WAVEFORM_VERSION, peaks);
  return peaks;
}
