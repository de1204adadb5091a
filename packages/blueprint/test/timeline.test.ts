import t from 'tap';
import { parseBlueprint, resolveBlueprint, validateBlueprint } from '../src/index.ts';
import { document, type LooseDocument } from './support/documents.ts';

interface Case {
  readonly title: string;
  /** [start, duration, transition] of each move */
  readonly moves: readonly (readonly [number, number, string?])[];
  readonly total: number;
  readonly transitionDuration?: number;
  /** Paths of the expected issues. */
  readonly refused?: readonly string[];
}

const CASES: readonly Case[] = [
  { title: 'one move', moves: [[0, 5]], total: 5 },
  {
    title: 'a lead-in and a tail',
    moves: [
      [3, 4],
      [7, 4],
    ],
    total: 20,
  },
  {
    title: 'touching within 0.05 s, early',
    moves: [
      [0, 4],
      [3.96, 4, 'cut'],
    ],
    total: 8,
  },
  {
    title: 'touching within 0.05 s, late',
    moves: [
      [0, 4],
      [4.04, 4, 'cut'],
    ],
    total: 8.04,
  },
  {
    title: 'the sum of float noise',
    moves: [
      [0, 0.1],
      [0.1, 0.2],
      [0.30000000000000004, 0.1],
    ],
    total: 0.4,
  },
  {
    title: 'a gap and an overlap of 0.05 s',
    moves: [
      [0, 1, 'cut'],
      [1.05, 1, 'cut'],
      [2, 1, 'cut'],
    ],
    total: 2.95,
  },
  {
    title: 'a gap of 0.06 s',
    moves: [
      [0, 4],
      [4.06, 4],
    ],
    total: 9,
    refused: ['moves[1].start_time'],
  },
  {
    title: 'a cut overlapping 0.06 s',
    moves: [
      [0, 4],
      [3.94, 4, 'cut'],
    ],
    total: 8,
    refused: ['moves[1].start_time'],
  },
  {
    title: 'a fade overlapping 0.06 s',
    moves: [
      [0, 4],
      [3.94, 4, 'fade_white'],
    ],
    total: 8,
    refused: ['moves[1].start_time'],
  },
  {
    title: 'a crossfade overlapping by its duration',
    moves: [
      [0, 4],
      [3.5, 4, 'crossfade'],
    ],
    total: 7.5,
  },
  {
    title: 'an overlap where no transition is named: a crossfade',
    moves: [
      [0, 4],
      [3.5, 4],
    ],
    total: 7.5,
  },
  {
    title: 'a crossfade overlapping 0.6 s of 0.5',
    moves: [
      [0, 4],
      [3.4, 4, 'crossfade'],
    ],
    total: 7.4,
    refused: ['moves[1].start_time'],
  },
  {
    title: 'a longer overlap where the document allows it',
    moves: [
      [0, 4],
      [3, 4, 'crossfade'],
    ],
    total: 7,
    transitionDuration: 1,
  },
  {
    title: 'an overlap where crossfades have no length',
    moves: [
      [0, 4],
      [3.9, 4, 'crossfade'],
    ],
    total: 8,
    transitionDuration: 0,
    refused: ['moves[1].start_time'],
  },
  {
    title: 'moves out of order',
    moves: [
      [4, 4],
      [0, 4],
    ],
    total: 8,
    refused: ['moves[1].start_time'],
  },
  {
    title: 'two moves at one time',
    moves: [
      [0, 4],
      [0, 4],
    ],
    total: 8,
    refused: ['moves[1].start_time'],
  },
  {
    title: 'three at a time',
    moves: [
      [0, 4],
      [3, 1.2],
      [3.5, 4],
    ],
    total: 8,
    transitionDuration: 2,
    refused: ['moves[2].start_time'],
  },
  { title: 'a video as long as its moves but for 0.05 s', moves: [[0, 4]], total: 3.96 },
  { title: 'a video shorter than its moves', moves: [[0, 4]], total: 3.9, refused: ['total_duration'] },
  {
    title: 'two gaps, both told',
    moves: [
      [0, 1],
      [2, 1],
      [4, 1],
    ],
    total: 5,
    refused: ['moves[1].start_time', 'moves[2].start_time'],
  },
];

for (const { title, moves, total, transitionDuration, refused = [] } of CASES) {
  t.test(`${title}: ${refused.length === 0 ? 'accepted' : 'refused'}`, async (t) => {
    const issues = validateBlueprint(timeline(moves, total, transitionDuration));
    t.strictSame(
      issues.map((issue) => issue.path),
      refused,
    );
  });
}

const FOOTAGE: readonly (readonly [title: string, fields: LooseDocument, isGood: boolean])[] = [
  ['exactly enough', { original_duration: 8 }, true],
  ['within 0.05 s', { original_duration: 7.96 }, true],
  ['0.1 s short', { original_duration: 7.9 }, false],
  ['short by a trim at the start', { original_duration: 9, trim_start: 1.1 }, false],
  ['short by a trim at the end', { original_duration: 9, trim_end: 1.1 }, false],
  ['enough when slowed down', { original_duration: 4, playback_rate: 0.5 }, true],
  ['short when sped up', { original_duration: 8, playback_rate: 1.1 }, false],
  ['trims that leave nothing', { original_duration: 8, trim_start: 5, trim_end: 5 }, false],
  ['nothing said about the file', { trim_start: 100, trim_end: 100 }, true],
];

for (const [title, fields, isGood] of FOOTAGE) {
  t.test(`footage for 8 s: ${title}`, async (t) => {
    const issues = validateBlueprint(document((d) => Object.assign(d.moves[0], fields)));
    t.strictSame(
      issues.map((issue) => issue.path),
      isGood ? [] : ['moves[0].duration'],
    );
  });
}

/** [moves, expected windows as [transition, start, end]], transitions 0.5 s and fades 0.3 s long. */
const WINDOWS: readonly (readonly [string, Case['moves'], readonly (readonly [string, number, number])[]])[] =
  [
    ['the first move is entered by a cut, whatever it says', [[1, 4, 'fade_black']], [['cut', 1, 1]]],
    [
      'a crossfade of touching moves is centred',
      [
        [0, 4],
        [4, 4, 'crossfade'],
      ],
      [
        ['cut', 0, 0],
        ['crossfade', 3.75, 4.25],
      ],
    ],
    [
      'an absent transition is a crossfade',
      [
        [0, 4],
        [4, 4],
      ],
      [
        ['cut', 0, 0],
        ['crossfade', 3.75, 4.25],
      ],
    ],
    [
      'an overlap is the crossfade',
      [
        [0, 4],
        [3.75, 4, 'crossfade'],
      ],
      [
        ['cut', 0, 0],
        ['crossfade', 3.75, 4],
      ],
    ],
    [
      'a fade takes its length on either side',
      [
        [0, 4],
        [4, 4, 'fade_white'],
      ],
      [
        ['cut', 0, 0],
        ['fade_white', 3.7, 4.3],
      ],
    ],
    [
      'a crossfade takes at most half of a short move',
      [
        [0, 4],
        [4, 0.25, 'crossfade'],
        [4.25, 4, 'crossfade'],
      ],
      [
        ['cut', 0, 0],
        ['crossfade', 3.875, 4.125],
        ['crossfade', 4.125, 4.375],
      ],
    ],
    [
      'a fade beside an overlap takes half of what is left',
      [
        [0, 4],
        [3.5, 1, 'crossfade'],
        [4.5, 4, 'fade_black'],
      ],
      [
        ['cut', 0, 0],
        ['crossfade', 3.5, 4],
        ['fade_black', 4.25, 4.75],
      ],
    ],
  ];

for (const [title, moves, expected] of WINDOWS) {
  t.test(`${title}`, async (t) => {
    const total = Math.max(...moves.map(([start, duration]) => start + duration));
    const resolved = resolveBlueprint(parseBlueprint(timeline(moves, total)));
    const windows = resolved.moves.map((move) => [
      move.transition,
      Number(move.transitionStartSec.toFixed(9)),
      Number(move.transitionEndSec.toFixed(9)),
    ]);
    t.strictSame(windows, expected);
  });
}

t.test('transitions without a length are cuts', async (t) => {
  const value = timeline(
    [
      [0, 4],
      [4, 4, 'crossfade'],
      [8, 4, 'fade_black'],
    ],
    12,
    0,
  );
  value.output_config.fade_duration = 0;
  const resolved = resolveBlueprint(parseBlueprint(value));
  t.strictSame(
    resolved.moves.map((move) => move.transition),
    ['cut', 'cut', 'cut'],
  );
});

function timeline(moves: Case['moves'], total: number, transitionDuration?: number): LooseDocument {
  return document((d) => {
    d.moves = moves.map(([start, duration, transition], index) => ({
      clip_id: `move_${index + 1}`,
      video_path: 'clips/a.mp4',
      start_time: start,
      duration,
      ...(transition === undefined ? {} : { transition_type: transition }),
    }));
    d.total_duration = total;
    if (transitionDuration !== undefined) d.output_config.transition_duration = transitionDuration;
  });
}
