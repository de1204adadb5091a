import { countTasksByKey, type Database, type KeptMove, listKeptMoves } from '@bachata-buddy/database';
import { parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { openObjectStore } from '@bachata-buddy/storage';
import { readCommandConfig } from '../config.ts';
import { requireOptionsOf } from './choice.ts';
import { namedBy, removeMoveAndFiles } from './remove-media.ts';
import { withDatabase } from './with-database.ts';

const HELP = `
Usage: pnpm moves list
       pnpm moves remove MOVE_ID … [--dry-run]

list       every move: its id, family, tempo and counts, whether it is offered no more, and how many tasks name its clip.
remove     takes moves out of the catalogue, and their clips out of storage, one after another. Where tasks that have not
           ended, collections or class plans need one, it says which, and that one and those behind it stay. Finished videos stay. A clip that is still in the
           folder that it came from is brought in again by the next ingest. Of a bucket, the account that this runs as
           has to be allowed to remove objects: that of ingest is, that of the API is not.

  --dry-run            only say what would become of it

Reads DATABASE_URL (default: this machine's own database in .data), STORAGE, LOCAL_STORAGE_PATH, GCS_BUCKET_NAME.
`;

const OPTIONS_OF = { list: [], remove: ['dry-run'] };

async function main(): Promise<undefined> {
  const { positionals, values } = parseCommandLine({
    help: HELP,
    args: process.argv.slice(2),
    options: { 'dry-run': { type: 'boolean' } },
    maxPositionals: Number.POSITIVE_INFINITY,
  });
  const [action, ...moveIds] = positionals;
  const isListing = action === 'list' && moveIds.length === 0;
  const isRemoving = action === 'remove' && moveIds.length > 0;
  if (!isListing && !isRemoving) throw usageError('Give list, or remove and the ids of moves. See --help.');
  requireOptionsOf(action, OPTIONS_OF, values);
  const config = readCommandConfig();
  if (isListing) {
    process.stdout.write(`${await withDatabase(config.DATABASE_URL, listMoveLines)}\n`);
    return;
  }
  const store = await openObjectStore(config);
  const isDry = values['dry-run'] === true;
  await withDatabase(config.DATABASE_URL, async (database) => {
    for (const moveId of moveIds) {
      process.stdout.write(`${await removeMoveAndFiles({ database, store, isDry }, moveId)}\n`);
    }
  });
}

async function listMoveLines(database: Database): Promise<string> {
  const tasks = await countTasksByKey(database);
  const moves = await listKeptMoves(database);
  return moves.map((move) => lineOf(move, tasks)).join('\n') || 'There is no move.';
}

function lineOf(move: KeptMove, tasks: ReadonlyMap<string, number>): string {
  const { moveId, label, tempoBpm, counts, videoPath, preparedPath, retiredAt } = move;
  // A task names one of them: the clip as it was brought in, where it was planned before that was prepared.
  const keys = new Set([videoPath, preparedPath ?? videoPath]);
  const named = [...keys].reduce((sum, key) => sum + (tasks.get(key) ?? 0), 0);
  const facts = [moveId, label, `${tempoBpm.toFixed(1)} BPM`, `${counts} counts`];
  return `${facts.join('  ')}${retiredAt === null ? '' : '  (offered no more)'}${namedBy(named)}`;
}

await runCommand(main);
