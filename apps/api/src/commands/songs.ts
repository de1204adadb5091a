import {
  countTasksByKey,
  type Database,
  findSong,
  listAllSongs,
  type Song,
  setSongGrid,
} from '@bachata-buddy/database';
import { analyseInWorker, type GridChange } from '@bachata-buddy/music';
import { parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { openObjectStore } from '@bachata-buddy/storage';
import { readCommandConfig } from '../config.ts';
import { makeSongAnalyser } from '../generate/song-analyser.ts';
import { parseSongId, requireOptionsOf } from './choice.ts';
import { joinNegativeValues, parseGridChange } from './grid-options.ts';
import { namedBy, removeSongAndFiles, songUnknown } from './remove-media.ts';
import { withDatabase } from './with-database.ts';

const HELP = `
Usage: pnpm songs list
       pnpm songs remove ID … [--dry-run]
       pnpm songs set-grid ID [--half-time | --double-time] [--shift-counts N] [--first-eight SEC]
       pnpm songs set-grid ID --clear

list       every song: its id, tempo, title and artist, what was said of its counts, and how many tasks name its file.
remove     takes songs out of the catalogue, and their files out of storage, one after another. Where tasks that have not
           ended, collections or class plans need one, it says which, and that one and those behind it stay. Finished videos stay. A file that is still in the
           folder that it came from is brought in again by the next ingest. Of a bucket, the account that this runs as
           has to be allowed to remove objects: that of ingest is, that of the API is not.
set-grid   says how a song is counted where it was misheard. It holds for choreographies made from now on, and takes the
           place of what was said before; what was measured is kept, and holds again after --clear. When another file takes
           the song's place, it is forgotten.

  --half-time          it is counted at half of the measured tempo
  --double-time        it is counted at its double
  --shift-counts N     the "1" comes N counts later than was heard (-7 to 7; below 0: earlier)
  --first-eight SEC    the beat nearest to this second is the "1" of an eight
  --clear              the measured counts hold
  --dry-run            with remove: only say what would become of it

Reads DATABASE_URL (default: this machine's own database in .data), STORAGE, LOCAL_STORAGE_PATH, GCS_BUCKET_NAME.
`;

const OPTIONS_OF = {
  list: [],
  remove: ['dry-run'],
  'set-grid': ['half-time', 'double-time', 'shift-counts', 'first-eight', 'clear'],
};

async function main(): Promise<undefined> {
  const { positionals, values } = parseCommandLine({
    help: HELP,
    args: joinNegativeValues(process.argv.slice(2)),
    options: {
      'half-time': { type: 'boolean' },
      'double-time': { type: 'boolean' },
      'shift-counts': { type: 'string' },
      'first-eight': { type: 'string' },
      clear: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
    },
    maxPositionals: Number.POSITIVE_INFINITY,
  });
  const [action, id, ...rest] = positionals;
  const isListing = action === 'list' && id === undefined;
  const isCounting = action === 'set-grid' && id !== undefined && rest.length === 0;
  const isRemoving = action === 'remove' && id !== undefined;
  if (!isListing && !isCounting && !isRemoving) {
    throw usageError('Give list, or set-grid and the id of a song, or remove and ids. See --help.');
  }
  requireOptionsOf(action, OPTIONS_OF, values);
  const config = readCommandConfig();
  // A list is the one without an id.
  if (id === undefined) {
    process.stdout.write(`${await withDatabase(config.DATABASE_URL, listSongLines)}\n`);
    return;
  }
  const store = await openObjectStore(config);
  if (isRemoving) {
    const isDry = values['dry-run'] === true;
    const songIds = [id, ...rest].map(parseSongId);
    await withDatabase(config.DATABASE_URL, async (database) => {
      for (const songId of songIds) {
        process.stdout.write(`${await removeSongAndFiles({ database, store, isDry }, songId)}\n`);
      }
    });
    return;
  }
  const change = parseGridChange(values);
  const songId = parseSongId(id);
  const line = await withDatabase(config.DATABASE_URL, async (database) => {
    const song = await findSong(database, songId, 'operator');
    if (song === null) throw songUnknown(id);
    // Counting it so tells the tempo that holds then, and whether it can be counted so at all.
    const analyse = makeSongAnalyser({ database, store, analyseSound: analyseInWorker });
    const counted = await analyse({ ...song, gridChange: change }, new AbortController().signal);
    const { tempoBpm } = counted;
    return lineOf((await setSongGrid(database, song.id, { gridChange: change, tempoBpm })) ?? song);
  });
  process.stdout.write(`${line}\n`);
}

async function listSongLines(database: Database): Promise<string> {
  const tasks = await countTasksByKey(database);
  const songs = await listAllSongs(database, 'operator');
  const lines = songs.map((song) => `${lineOf(song)}${namedBy(tasks.get(song.audioPath))}`);
  return lines.join('\n') || 'There is no song.';
}

function lineOf({ id, title, artist, tempoBpm, gridChange }: Song): string {
  const tempo = tempoBpm === null ? 'no tempo' : `${tempoBpm.toFixed(1)} BPM`;
  return [String(id).padStart(5), tempo.padStart(9), `${title} by ${artist}`, describe(gridChange)]
    .join('  ')
    .trimEnd();
}

function describe(change: GridChange | null): string {
  const { tempo, shiftCounts, firstEightSec } = change ?? {};
  const words = [
    ...(tempo === undefined ? [] : [`${tempo} time`]),
    ...(shiftCounts === undefined ? [] : [`shifted by ${shiftCounts}`]),
    ...(firstEightSec === undefined ? [] : [`first eight at ${firstEightSec} s`]),
  ];
  return words.length === 0 ? '' : `(${words.join(', ')})`;
}

await runCommand(main);
