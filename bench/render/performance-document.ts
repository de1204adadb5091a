import { cpus } from 'node:os';
import type { RenderBenchResult, Row } from './bench-render.ts';

/** docs/performance.md, of one run. */
export function performanceDocument({
  footage,
  ffmpegVersion,
  startCpuSec,
  rows,
}: RenderBenchResult): string {
  const groups = [...new Set(rows.map(({ group }) => group))];
  const [processor] = cpus();
  return `# What rendering costs

Written by \`pnpm bench render\`, from one run on ${cpus().length} cores (${processor?.model.trim()}), Node.js
${process.versions.node}, ffmpeg ${ffmpegVersion}, with ${footage === 'real' ? 'real clips' : "the demo's clips"}. Seconds of another machine differ.
So does the last column, a multiple of what copying the same clips with ffmpeg's concat demuxer costs in the same run:
copying is work for disk and memory, encoding for the processor, and machines differ in what they are better at.

Ours is the built rendering job, which stores captions, chapters, thumbnails and a poster beside the video; by number of
moves it is \`pnpm render\`, which does too. CPU is user and system time of all processes of a command, memory what all of
them have resident at once. The start of our program, ${startCpuSec.toFixed(2)} s of CPU, is part of its rows.

${groups.map((group) => tableOf(group, rows)).join('\n')}
How it comes to this is in [architecture.md](architecture.md#rendering); why, in
[decision 18](decisions/0018-videos-are-copied.md).
`;
}

function tableOf(group: string, rows: readonly Row[]): string {
  const lines = rows
    .filter((row) => row.group === group)
    .map(({ name, cpuSec, wallSec, peakMegabytes, timesLimit }) => {
      const figures = [
        cpuSec.toFixed(2),
        wallSec.toFixed(2),
        peakMegabytes.toFixed(0),
        timesLimit.toFixed(2),
      ];
      return `| ${name} | ${figures.join(' | ')} |`;
    });
  const head =
    '| | CPU s | wall s | memory, MB | CPU, times the limit |\n| --- | ---: | ---: | ---: | ---: |';
  return `## ${group}\n\n${head}\n${lines.join('\n')}\n`;
}
