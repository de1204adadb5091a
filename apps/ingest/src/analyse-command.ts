import { stat } from 'node:fs/promises';
import { decodeAudioInto, locateMediaTools } from '@bachata-buddy/media';
import {
  ANALYSIS_SAMPLE_RATE_HZ,
  analyseInWorker,
  makeSoundPacker,
  type SongAnalysis,
} from '@bachata-buddy/music';
import { parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { doubtsOfSong } from './song-doubts.ts';

const HELP = `
Usage: pnpm analyse FILE [--json]

Listens to a song: length, tempo, beats, the "1" of each bar and of each eight, sections, energy. All times in seconds.

  --json   everything, as one JSON object: {durationSec, tempoBpm, timeSignature, beats, downbeats, eights,
           sections: [{label, start, end, energy, confidence}], energy, embedding, confidence}
`;

async function main(): Promise<number> {
  const { values, positionals } = parseCommandLine({
    help: HELP,
    options: { json: { type: 'boolean' } },
    maxPositionals: 1,
    args: process.argv.slice(2),
  });
  const [file] = positionals;
  if (file === undefined) throw usageError('Name one audio file. See --help.');
  await assertFile(file);
  const tools = await locateMediaTools();
  const packed = await decodeAudioInto(
    tools,
    file,
    { sampleRateHz: ANALYSIS_SAMPLE_RATE_HZ },
    makeSoundPacker,
  );
  const analysis = await analyseInWorker(packed);
  process.stdout.write(values.json ? `${JSON.stringify(analysis)}\n` : describe(analysis));
  return 0;
}

/** A wrong path is told as one: to ffmpeg it is media that cannot be read. */
async function assertFile(path: string): Promise<void> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) throw usageError(`${path} is not a file that can be read.`);
}

function describe(analysis: SongAnalysis): string {
  const { confidence } = analysis;
  const lines = [
    `Length     ${analysis.durationSec.toFixed(2)} s`,
    `Tempo      ${analysis.tempoBpm.toFixed(2)} BPM (confidence ${confidence.tempo.toFixed(2)})`,
    `Beats      ${analysis.beats.length}, the first at ${(analysis.beats[0] ?? 0).toFixed(2)} s (${confidence.beat.toFixed(2)})`,
    `Bars       ${analysis.downbeats.length}, the first "1" at ${(analysis.downbeats[0] ?? 0).toFixed(2)} s (${confidence.downbeat.toFixed(2)})`,
    `Eights     ${analysis.eights.length}, the first at ${(analysis.eights[0] ?? 0).toFixed(2)} s (${confidence.eight.toFixed(2)})`,
    'Sections',
    ...analysis.sections.map(
      ({ label, start, end, energy, confidence: sure }) =>
        `  ${label.padEnd(7)} ${start.toFixed(2).padStart(8)} – ${end.toFixed(2).padStart(8)} s (${sure.toFixed(2)})  ${'▇'.repeat(Math.round(energy * 20))}`,
    ),
  ];
  lines.push(...doubtsOfSong(analysis).map((doubt) => `Note       ${doubt}`));
  return analysis.beats.length === 0 ? `${lines[0]}\nNo beat was found.\n` : `${lines.join('\n')}\n`;
}

await runCommand(main);
