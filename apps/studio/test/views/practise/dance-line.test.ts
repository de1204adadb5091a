import t from 'tap';
import {
  countAt,
  danceLineOf,
  moveAt,
  neighbouringCountSec,
  neighbouringMoveSec,
} from '../../../src/views/practise/logic/dance-line.ts';
import { blueprintOf } from './documents.ts';

const line = danceLineOf(
  blueprintOf([
    { start_time: 0.5, duration: 4, section: 'intro' },
    { start_time: 4.5, section: 'verse', explanation: explained('Verse 1', 1) },
    { start_time: 8.5, section: 'verse', explanation: explained('Verse 1', 1) },
  ]),
);

function explained(section: string, phrase: number) {
  return { section, phrase, eight: 1, why: '', join: '' };
}

t.test('a moment has the move and the count, 1 to 8, that are danced in it', async (t) => {
  for (const [sec, move, count] of [
    [0, 0, undefined],
    [0.5, 0, 1],
    [0.99, 0, 1],
    [1, 0, 2],
    [4.4, 0, 8],
    // Times of pictures are rounded down.
    [4.499_9, 1, 1],
    [12.4, 2, 8],
    [12.5, 2, undefined],
  ] as const) {
    t.equal(moveAt(line, sec)?.index, move, `move at ${sec} s`);
    t.equal(countAt(line, sec)?.number, count, `count at ${sec} s`);
  }
});

t.test('neighbouring moves of one part of the song are one part, by the fuller of its names', async (t) => {
  t.strictSame(line.parts, [
    { name: 'Intro', startSec: 0.5, endSec: 4.5 },
    { name: 'Verse 1', startSec: 4.5, endSec: 12.5 },
  ]);
});

t.test('steps lead to the beginning of counts and moves, back first to that of what is danced', async (t) => {
  t.equal(neighbouringCountSec(line, 1.1, 1), 1.5);
  t.equal(neighbouringCountSec(line, 1.4, -1), 1);
  t.equal(neighbouringCountSec(line, 1.5, -1), 1);
  t.equal(neighbouringMoveSec(line, 6, -1), 4.5);
  t.equal(neighbouringMoveSec(line, 4.5, -1), 0.5);
  t.equal(neighbouringMoveSec(line, 6, 1), 8.5);
  t.equal(neighbouringMoveSec(line, 11, 1), 12.5, 'behind the last is the end');
  t.equal(neighbouringMoveSec(line, 0.5, -1), 0, 'in front of the first is the beginning');
});

t.test('a move that was put by hand stands in the part of its neighbours', async (t) => {
  const { parts } = danceLineOf(
    blueprintOf([
      { section: 'verse', explanation: explained('verse 1', 1) },
      { section: 'verse' },
      { section: 'chorus', explanation: explained('chorus 1', 1) },
    ]),
  );
  t.strictSame(
    parts.map(({ name }) => name),
    ['Verse 1', 'Chorus 1'],
  );
});
