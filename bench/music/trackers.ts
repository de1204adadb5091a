import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { decodeAudio, decodeAudioInto, type MediaTools } from '@bachata-buddy/media';
import {
  ANALYSIS_SAMPLE_RATE_HZ,
  analysePacked,
  makeSoundPacker,
  type PackedSound,
  type SongAnalysis,
} from '@bachata-buddy/music';
import { toError } from '@bachata-buddy/platform';
import MusicTempo from 'music-tempo';
import { infraError } from '../../infra/errors.ts';

/** What somebody hears in a song; who hears beats only leaves the rest out. */
export interface Heard {
  readonly beats: readonly number[];
  readonly analysis?: SongAnalysis;
}

export interface Tracker {
  readonly name: string;
  readonly hear: (path: string) => Promise<Heard>;
}

/** What BeatRoot's constants (hop, window) are made for. */
const BEATROOT_RATE_HZ = 44_100;

/** Ours, BeatRoot (S. Dixon, JNMR 2001, as npm's music-tempo) and aubio (P. Brossier, 2006), where it is installed. */
export async function findTrackers(tools: MediaTools, say: (line: string) => void): Promise<Tracker[]> {
  const trackers = [ours(tools), beatRoot(tools)];
  if (await isAubioThere()) return [...trackers, aubio];
  say('aubio is not installed (Debian: apt-get install aubio-tools): its columns are left out');
  return trackers;
}

export function ours(tools: MediaTools): Tracker {
  return {
    name: 'ours',
    hear: async (path) => {
      const analysis = await analyse(tools, path);
      return { beats: analysis.beats, analysis };
    },
  };
}

/** A song as the product hears it. */
export async function analyse(tools: MediaTools, path: string): Promise<SongAnalysis> {
  return analysePacked(await decodePacked(tools, path));
}

export function decodePacked(tools: MediaTools, path: string): Promise<PackedSound> {
  return decodeAudioInto(tools, path, { sampleRateHz: ANALYSIS_SAMPLE_RATE_HZ }, makeSoundPacker);
}

function beatRoot(tools: MediaTools): Tracker {
  return {
    name: 'BeatRoot',
    hear: async (path) => {
      const samples = await decodeAudio(tools, path, { sampleRateHz: BEATROOT_RATE_HZ });
      return { beats: beatRootBeats(samples) };
    },
  };
}

/** BeatRoot's beats; none where it gives up. */
function beatRootBeats(samples: Float32Array): readonly number[] {
  try {
    return new MusicTempo(samples).beats;
  } catch (thrown) {
    if (toError(thrown).message === 'Tempo extraction failed') return [];
    throw thrown;
  }
}

const aubio: Tracker = {
  name: 'aubio',
  hear: async (path) => {
    const lines = (await outputOf('aubio', ['beat', path])).split('\n');
    return { beats: lines.filter((line) => line.trim() !== '').map(Number) };
  },
};

async function isAubioThere(): Promise<boolean> {
  return outputOf('aubio', ['--version']).then(
    () => true,
    () => false,
  );
}

async function outputOf(file: string, args: readonly string[]): Promise<string> {
  const child = spawn(file, [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(-2_000);
  });
  const [exitCode] = await once(child, 'close');
  if (exitCode === 0) return output;
  throw infraError('BENCH_FAILED', `${file} ended with exit code ${exitCode}: ${complaint}`);
}
