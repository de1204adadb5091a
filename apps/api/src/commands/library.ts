import { reportLibrary } from '@bachata-buddy/choreography';
import { type Database, listMoves } from '@bachata-buddy/database';
import { parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { readCommandConfig } from '../config.ts';
import { movesOnStage } from '../generate/moves-on-stage.ts';
import { libraryReportLines } from './library-report-lines.ts';
import { withDatabase } from './with-database.ts';

const HELP = `
Usage: pnpm library report [--json]

What there is to dance with: moves by level, energy, style and family, and of what there are few; which moves have no good
neighbour, so that every join to them is a jump; in which clips the couple was not found, or nobody has looked; and of
which clips it is not sure which beat is the "1" (first_downbeat_sec in their annotation would say).

The demo's moves are told of only while there are no others, as in dances.

  --json   the figures instead of lines

Reads DATABASE_URL (default: this machine's own database in .data).
`;

async function main(): Promise<undefined> {
  const { positionals, values } = parseCommandLine({
    help: HELP,
    args: process.argv.slice(2),
    options: { json: { type: 'boolean' } },
    maxPositionals: 1,
  });
  if (positionals[0] !== 'report') throw usageError('Give report. See --help.');
  const report = await withDatabase(readCommandConfig().DATABASE_URL, readReport);
  const lines = values.json === true ? [JSON.stringify(report, null, 2)] : libraryReportLines(report);
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function readReport(database: Database) {
  return reportLibrary(movesOnStage(await listMoves(database)));
}

await runCommand(main);
