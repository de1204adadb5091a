import { parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { chosenByName } from '../infra/dev/commands/chosen-by-name.ts';
import { benchApi } from './api.ts';
import { benchChoreography } from './choreography/bench-choreography.ts';
import { benchJobStart } from './job-start.ts';
import { benchJourney } from './journey/journey.ts';
import { benchMusic } from './music/bench-music.ts';
import { benchPlanning } from './planning/bench-planning.ts';
import { benchPlayback } from './playback/bench-playback.ts';
import { renderBench } from './render/command.ts';
import { benchStudio } from './studio/bench-studio.ts';

const HELP = `
Usage: pnpm bench [render] [journey] [playback] [api] [job] [music] [choreography] [planning] [studio]
                  [--songs DIR] [--rounds N] [--quick] [--json]

Measures the product against a named peer in one run, round by round in turn, and prints the ratio of the
medians. Machines are noisy: only the ratio means anything.

  render       a dance of real clips where there are some, else of the demo's: CPU and wall seconds and peak
               memory of whole commands, beside what copying costs (ffmpeg's concat demuxer), a single filter
               graph and the predecessor's shape (every clip encoded, joined, encoded again); then at 1080p, and
               10 to 300 moves. It writes the table of docs/performance.md
  api          requests in a second, and the slowest in a hundred, of a task and of the list of songs, against a
               bare Fastify server that sends the same rows; exit code 1 under half of its rate
  job          from the start of a rendering job to its first work with ffmpeg, against a program that asks the
               database one thing and calls ffmpeg; exit code 1 over 1.5 s
  journey      from the request for a dance to a song of three minutes to its video, step by step; exit code 1 over
               5 s in the middle
  playback     videos of copied pieces in Chromium, where there is one: pictures dropped through joins at 1x and 2x,
               of the dance of "render" and of clips with marks, and what is shown after a seek to each move of these;
               for an idle machine
  music        how well songs are heard: beats (F, CMLt, AMLt), the "1", eights, parts and their names, beside BeatRoot
               and aubio (where it is installed); the demo's songs and folders with truth, as they are, at eight
               tempi and after mishaps; sound that is no music; CPU and memory
  choreography dances of the demo's moves over songs, levels, energies, styles and seeds: what was asked for and came,
               level, style, energy, parts that come again, phrases, seeds and tempi, jumps and changes of look at
               joins, beside chance in the same places; and of real clips, where they and the pose model are
  planning     from the request for a dance of a four-minute song to its answer, over HTTP, one by one and eight at once,
               and how long the API's event loop is held; exit code 1 over 400 ms, 1.2 s (p95) and 20 ms
  studio       the page, loaded with nothing kept of it: when it is seen and when it answers, by Chromium's trace, where
               there is one; exit code 1 over 1.5 s or 250 kB of JavaScript
  --songs DIR  of music: a folder of NAME.json ({beats, downbeats, sections?, eights?}) beside NAME.mp3 (m4a, wav,
               flac, ogg); may be given several times (default: ../shared/data/songs and styles, where they are)
  --rounds N   how often each is run (default 3)
  --quick      of render: without the slow peers, other sizes and lengths; writes no table. Of music: the songs
               as they are, nothing else
  --json       of render, journey, music, choreography, planning and studio: the figures instead of lines
`;

const BENCHES = {
  render: renderBench,
  api: benchApi,
  job: benchJobStart,
  journey: benchJourney,
  playback: benchPlayback,
  music: benchMusic,
  choreography: benchChoreography,
  planning: benchPlanning,
  studio: benchStudio,
};

async function main(): Promise<number> {
  const { values, positionals } = parseCommandLine({
    help: HELP,
    options: {
      rounds: { type: 'string', default: '3' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      songs: { type: 'string', multiple: true },
    },
    maxPositionals: Number.POSITIVE_INFINITY,
    args: process.argv.slice(2),
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw usageError('--rounds takes a whole number from 1.');
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
  for (const [, bench] of chosenByName('bench', BENCHES, names)) {
    await bench({ rounds, isQuick: values.quick, isJson: values.json, songFolders: values.songs ?? [], say });
  }
  return 0;
}

await runCommand(main);
