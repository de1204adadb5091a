import { reportLibrary } from '@bachata-buddy/choreography';
import { listMoves } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import t from 'tap';
import { libraryReportLines } from '../src/commands/library-report-lines.ts';
import { addPlanningCatalogue } from './planning-scene.ts';

t.test('the report of a catalogue says what there is, and what nobody has looked at', async (t) => {
  const { db } = await makeTestDatabase(t);
  await addPlanningCatalogue(db);
  const lines = libraryReportLines(reportLibrary(await listMoves(db)));
  t.equal(lines[0], '45 moves');
  t.ok(lines.includes('level: beginner 15; intermediate 15; advanced 15'));
  t.match(
    lines.find((line) => line.startsWith('not looked at')),
    /pnpm pose:add.*: move-00, move-01, /,
  );
  t.notOk(
    lines.some((line) => line.startsWith('which beat')),
    'what is in order is not mentioned',
  );
});

t.test('of an empty catalogue it says what brings moves in', async (t) => {
  t.match(libraryReportLines(reportLibrary([])), [/pnpm ingest/]);
});
