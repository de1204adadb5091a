import t from 'tap';
import { parseBlueprint, validateBlueprint } from '../src/index.ts';
import { ERROR_TEXTS } from '../src/reference/error-texts.ts';
import { document, documentOfMoves, type LooseDocument } from './support/documents.ts';

type Change = (document: LooseDocument) => void;

/** [text, how to get it, where it is reported]. The texts are written out by hand: clients match on them. */
const CASES: readonly (readonly [text: string, change: Change, path: string])[] = [
  ['Missing required field: task_id', (d) => delete d.task_id, 'task_id'],
  ['Missing required field: audio_path', (d) => delete d.audio_path, 'audio_path'],
  ['Missing required field: moves', (d) => delete d.moves, 'moves'],
  ['Missing required field: total_duration', (d) => delete d.total_duration, 'total_duration'],
  ['Missing required field: output_config', (d) => delete d.output_config, 'output_config'],
  ["Field 'task_id' must be of type str, got int", (d) => (d.task_id = 5), 'task_id'],
  ["Field 'task_id' must be of type str, got float", (d) => (d.task_id = 5.5), 'task_id'],
  ["Field 'task_id' must be of type str, got NoneType", (d) => (d.task_id = null), 'task_id'],
  ["Field 'task_id' must be of type str, got bool", (d) => (d.task_id = true), 'task_id'],
  ["Field 'moves' must be of type list, got dict", (d) => (d.moves = {}), 'moves'],
  ["Field 'output_config' must be of type dict, got str", (d) => (d.output_config = 'x'), 'output_config'],
  [
    "Field 'generation_parameters' must be of type dict, got list",
    (d) => (d.generation_parameters = []),
    'generation_parameters',
  ],
  ["Field 'task_id' cannot be empty", (d) => (d.task_id = ''), 'task_id'],
  ["Field 'task_id' cannot be empty", (d) => (d.task_id = '  \t'), 'task_id'],
  [
    "Field 'task_id' must not contain slashes or control characters: ../a",
    (d) => (d.task_id = '../a'),
    'task_id',
  ],
  ["Field 'audio_path' cannot be empty", (d) => (d.audio_path = ''), 'audio_path'],
  ["Field 'moves' cannot be an empty array", (d) => (d.moves = []), 'moves'],
  ["Field 'audio_tempo' must be a positive number", (d) => (d.audio_tempo = 0), 'audio_tempo'],
  ["Field 'audio_tempo' must be a positive number", (d) => (d.audio_tempo = 'fast'), 'audio_tempo'],
  ["Field 'total_duration' must be a positive number", (d) => (d.total_duration = -1), 'total_duration'],
  ["Field 'total_duration' must be at most 7200", (d) => (d.total_duration = 1e12), 'total_duration'],
  ["Field 'audio_path' contains null bytes", (d) => (d.audio_path = 'a\0b'), 'audio_path'],
  [
    "Field 'moves[0].video_path' contains parent directory reference (..): ../x.mp4",
    (d) => (d.moves[0].video_path = '../x.mp4'),
    'moves[0].video_path',
  ],
  [
    "Field 'output_config.output_path' contains absolute path (not allowed): /etc/passwd",
    (d) => (d.output_config.output_path = '/etc/passwd'),
    'output_config.output_path',
  ],
  [
    "Field 'audio_path' contains a URL scheme or drive (not allowed): gs://b/x",
    (d) => (d.audio_path = 'gs://b/x'),
    'audio_path',
  ],
  ["Field 'audio_path' contains a backslash: a\\b", (d) => (d.audio_path = 'a\\b'), 'audio_path'],
  ["Field 'audio_path' contains control characters: a?b", (d) => (d.audio_path = 'a\nb'), 'audio_path'],
  ["Field 'audio_path' contains an empty path segment: a//b", (d) => (d.audio_path = 'a//b'), 'audio_path'],
  ["Field 'audio_path' contains a dot path segment: a/./b", (d) => (d.audio_path = 'a/./b'), 'audio_path'],
  [
    "Field 'audio_path' repeats the data/ prefix: data/data/a",
    (d) => (d.audio_path = 'data/data/a'),
    'audio_path',
  ],
  [
    "Field 'audio_path' is longer than 500 characters",
    (d) => (d.audio_path = 'ab/'.repeat(200).slice(0, -1)),
    'audio_path',
  ],
  [
    "Field 'audio_path' is longer than 1024 bytes",
    (d) => (d.audio_path = `${'界'.repeat(85)}/`.repeat(4) + '界'.repeat(5)),
    'audio_path',
  ],
  [
    "Field 'audio_path' has a path segment longer than 255 bytes",
    (d) => (d.audio_path = 'é'.repeat(128)),
    'audio_path',
  ],
  ['Move at index 0 must be an object', (d) => (d.moves[0] = 'x'), 'moves[0]'],
  ['Move at index 1 must be an object', (d) => (d.moves[1] = null), 'moves[1]'],
  ['Move at index 0 missing required field: clip_id', (d) => delete d.moves[0].clip_id, 'moves[0].clip_id'],
  [
    'Move at index 1 missing required field: duration',
    (d) => delete d.moves[1].duration,
    'moves[1].duration',
  ],
  ["Move at index 0 'clip_id' cannot be empty", (d) => (d.moves[0].clip_id = ' '), 'moves[0].clip_id'],
  [
    "Move at index 0 'start_time' cannot be negative",
    (d) => (d.moves[0].start_time = -1),
    'moves[0].start_time',
  ],
  ["Move at index 0 'duration' must be positive", (d) => (d.moves[0].duration = 0), 'moves[0].duration'],
  [
    "Move at index 0 'duration' must be of type number, got str",
    (d) => (d.moves[0].duration = '8'),
    'moves[0].duration',
  ],
  [
    'Move at index 1 has invalid transition_type: wipe. Valid types: cut, crossfade, fade_black, fade_white',
    (d) => (d.moves[1].transition_type = 'wipe'),
    'moves[1].transition_type',
  ],
  [
    'Move at index 1 has invalid transition_type: {...}. Valid types: cut, crossfade, fade_black, fade_white',
    (d) => (d.moves[1].transition_type = { toString: 1 }),
    'moves[1].transition_type',
  ],
  [
    "Move at index 0 'trim_start' must be a non-negative number",
    (d) => (d.moves[0].trim_start = -0.1),
    'moves[0].trim_start',
  ],
  [
    "Move at index 0 'trim_end' must be a non-negative number",
    (d) => (d.moves[0].trim_end = 'x'),
    'moves[0].trim_end',
  ],
  [
    "Move at index 0 'volume_adjustment' must be between 0 and 1",
    (d) => (d.moves[0].volume_adjustment = 1.5),
    'moves[0].volume_adjustment',
  ],
  [
    "Move at index 0 'volume_adjustment' must be between 0 and 1",
    (d) => (d.moves[0].volume_adjustment = -0.5),
    'moves[0].volume_adjustment',
  ],
  [
    "Move at index 0 'playback_rate' must be between 0.25 and 4",
    (d) => (d.moves[0].playback_rate = 5),
    'moves[0].playback_rate',
  ],
  [
    "Move at index 0 'counts' must be a whole number from 1 to 10000",
    (d) => (d.moves[0].counts = 7.5),
    'moves[0].counts',
  ],
  [
    'output_config missing required field: output_path',
    (d) => delete d.output_config.output_path,
    'output_config.output_path',
  ],
  [
    "output_config 'frame_rate' must be a positive number",
    (d) => (d.output_config.frame_rate = 0),
    'output_config.frame_rate',
  ],
  [
    "output_config 'frame_rate' must be a positive number",
    (d) => (d.output_config.frame_rate = '30'),
    'output_config.frame_rate',
  ],
  [
    "output_config 'frame_rate' must be at least 1",
    (d) => (d.output_config.frame_rate = 0.5),
    'output_config.frame_rate',
  ],
  [
    "output_config 'frame_rate' must be at most 120",
    (d) => (d.output_config.frame_rate = 240),
    'output_config.frame_rate',
  ],
  [
    "output_config 'transition_duration' must be a non-negative number",
    (d) => (d.output_config.transition_duration = -1),
    'output_config.transition_duration',
  ],
  [
    "output_config 'video_codec' has invalid value: libx265 -vf x. Valid values: libx264, h264",
    (d) => (d.output_config.video_codec = 'libx265 -vf x'),
    'output_config.video_codec',
  ],
  [
    "output_config 'audio_codec' has invalid value: mp3. Valid values: aac",
    (d) => (d.output_config.audio_codec = 'mp3'),
    'output_config.audio_codec',
  ],
  [
    "output_config 'output_format' has invalid value: webm. Valid values: mp4",
    (d) => (d.output_config.output_format = 'webm'),
    'output_config.output_format',
  ],
  [
    "output_config 'video_bitrate' must be a bitrate such as 128k or 2M: 2M; rm",
    (d) => (d.output_config.video_bitrate = '2M; rm'),
    'output_config.video_bitrate',
  ],
  [
    "output_config 'video_bitrate' must be between 100k and 100M",
    (d) => (d.output_config.video_bitrate = '0'),
    'output_config.video_bitrate',
  ],
  [
    "output_config 'audio_bitrate' must be between 16k and 512k",
    (d) => (d.output_config.audio_bitrate = '128M'),
    'output_config.audio_bitrate',
  ],
  [
    "output_config 'normalize_audio' must be of type bool, got str",
    (d) => (d.output_config.normalize_audio = 'yes'),
    'output_config.normalize_audio',
  ],
  [
    "Field 'difficulty_level' has invalid value: expert. Valid values: beginner, intermediate, advanced",
    (d) => (d.difficulty_level = 'expert'),
    'difficulty_level',
  ],
  [
    "Field 'schema_version' names an unsupported version. Supported versions: 1.x: 2.0",
    (d) => (d.schema_version = '2.0'),
    'schema_version',
  ],
  ['song missing required field: title', (d) => (d.song = { id: 1, artist: 'x' }), 'song.title'],
  [
    "song 'id' must be a whole number from 0 up",
    (d) => (d.song = { id: -1, title: '', artist: '' }),
    'song.id',
  ],
  ["Field 'seed' must be a whole number", (d) => (d.seed = 0.5), 'seed'],
  ["Field 'beats[1]' must be after the beat before it", (d) => (d.beats = [1, 1]), 'beats[1]'],
  ["Field 'beats[0]' cannot be negative", (d) => (d.beats = [-1]), 'beats[0]'],
  ["Field 'beats[1]' must be of type number, got NoneType", (d) => (d.beats = [0, null]), 'beats[1]'],
  [
    "Field 'output_config.output_path' would overwrite a file the video is made from",
    (d) => (d.output_config.output_path = 'songs/Amor.mp3'),
    'output_config.output_path',
  ],
  [
    "Field 'output_config.output_path' would overwrite a file the video is made from",
    (d) => (d.output_config.output_path = d.moves[1].video_path),
    'output_config.output_path',
  ],
  [
    'open_wishes[0] missing required field: wish',
    (d) => (d.open_wishes = [{ reason: 'The library has none.' }]),
    'open_wishes[0].wish',
  ],
  ["Field 'open_wishes[0]' must be an object", (d) => (d.open_wishes = ['a dip']), 'open_wishes[0]'],
  [
    "Move at index 1 'start_time' must be after that of the move before it (0): 0",
    (d) => (d.moves[1].start_time = 0),
    'moves[1].start_time',
  ],
  [
    'Move at index 1 leaves a gap of 0.5 s after the move before it',
    (d) => Object.assign(d, { total_duration: 17, moves: [d.moves[0], { ...d.moves[1], start_time: 8.5 }] }),
    'moves[1].start_time',
  ],
  [
    'Move at index 1 overlaps the move before it by 0.7 s; a crossfade may overlap by at most 0.5 s',
    (d) => (d.moves[1].start_time = 7.3),
    'moves[1].start_time',
  ],
  [
    'Move at index 1 overlaps the move before it by 0.3 s; a fade_black may not overlap',
    (d) => Object.assign(d.moves[1], { start_time: 7.7, transition_type: 'fade_black' }),
    'moves[1].start_time',
  ],
  [
    'Move at index 2 begins before the move at index 0 has ended',
    (d) => {
      const [first] = d.moves;
      d.output_config.transition_duration = 2;
      d.moves = [first, { ...first, start_time: 7, duration: 1.5 }, { ...first, start_time: 7.5 }];
    },
    'moves[2].start_time',
  ],
  [
    "Field 'total_duration' does not match the moves: they end at 16 s, after 15.5 s",
    (d) => (d.total_duration = 15.5),
    'total_duration',
  ],
  [
    'Move at index 0 needs footage up to 8.5 s, but it ends at 8.25 s',
    (d) => Object.assign(d.moves[0], { original_duration: 9, trim_start: 0.5, trim_end: 0.75 }),
    'moves[0].duration',
  ],
  ["Field 'extra' must be a finite number", (d) => (d.extra = Number.NaN), 'extra'],
  [
    "Field 'moves[0].duration' must be a finite number",
    (d) => (d.moves[0].duration = Number.POSITIVE_INFINITY),
    'moves[0].duration',
  ],
  ["Field 'extra.a[1]' contains null bytes", (d) => (d.extra = { a: ['', 'x\0'] }), 'extra.a[1]'],
  ["Field 'extra' is not well-formed Unicode", (d) => (d.extra = '\ud800'), 'extra'],
  ["Field 'extra' is longer than 20000 characters", (d) => (d.extra = 'x'.repeat(20_001)), 'extra'],
  ["Field 'extra' is not a JSON value", (d) => (d.extra = new Date(0)), 'extra'],
  [
    `Field 'extra.${'k'.repeat(120)}...' has a name longer than 200 characters`,
    (d) => (d.extra = { ['k'.repeat(201)]: 1 }),
    `extra.${'k'.repeat(120)}...`,
  ],
  ["Field 'a?b' has a name that contains null bytes", (d) => (d['a\0b'] = 1), 'a?b'],
  ["Field 'a?' has a name that is not well-formed Unicode", (d) => (d['a\udc00'] = 1), 'a?'],
  [
    "Field 'extra.constructor' has a reserved name",
    (d) => (d.extra = { constructor: {} }),
    'extra.constructor',
  ],
];

for (const [text, change, path] of CASES) {
  t.test(`says: ${text} (${change})`, async (t) => {
    t.strictSame(validateBlueprint(document(change)), [{ path, text }]);
  });
}

t.test('texts of documents that are refused as a whole', async (t) => {
  const messageOf = (input: unknown) => {
    try {
      parseBlueprint(input);
    } catch (error) {
      return (error as Error).message;
    }
    return 'accepted';
  };
  t.match(messageOf('{"task_id":'), /^Blueprint validation failed: Invalid JSON: ./);
  for (const input of ['[]', '3', 'null', '"x"', [], null, undefined, 7, new Map()]) {
    t.equal(messageOf(input), 'Blueprint validation failed: Blueprint must be a JSON object');
  }
  t.equal(
    messageOf(`"${'x'.repeat(4 * 1024 * 1024)}"`),
    'Blueprint validation failed: Blueprint is larger than 4194304 bytes',
  );
  t.equal(
    messageOf(document((d) => (d.extra = new Array(250_001).fill(0)))),
    'Blueprint validation failed: Blueprint has more than 250000 values',
  );
  t.match(
    messageOf(document((d) => (d.extra = JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`)))),
    /is nested deeper than 32 levels$/,
  );
  t.equal(
    messageOf(documentOfMoves(2_001)),
    "Blueprint validation failed: Field 'moves' has more than 2000 items: 2001",
  );
});

t.test('every text of the reference is one that these tests provoke', async (t) => {
  const provoked = [
    ...CASES.map(([text]) => text),
    'Invalid JSON: reason',
    'Blueprint is larger than 4194304 bytes',
    'Blueprint must be a JSON object',
    'Blueprint has more than 250000 values',
    "Field 'extra[0]' is nested deeper than 32 levels",
    "Field 'moves' has more than 2000 items: 2001",
  ];
  const patterns = ERROR_TEXTS.map(({ text }) => {
    const parts = text.split(/<[^<>]*>/).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
    return new RegExp(`^${parts.join('.+')}$`, 's');
  });
  for (const [index, pattern] of patterns.entries()) {
    t.ok(
      provoked.some((text) => pattern.test(text)),
      `reference: ${ERROR_TEXTS[index]?.text}`,
    );
  }
});

t.test('everything that is wrong is said at once, in document order', async (t) => {
  const broken = {
    audio_path: '/abs.mp3',
    moves: [
      { clip_id: 'a', video_path: '../x', start_time: -1, duration: 8 },
      7,
      { start_time: 4, duration: 0 },
    ],
    total_duration: 0,
    output_config: { output_path: 'o.mp4', frame_rate: -1 },
    difficulty_level: 'expert',
    extra: { __proto_: 1, prototype: 1 },
  };
  t.throws(() => parseBlueprint(broken), {
    name: 'BlueprintError',
    code: 'BLUEPRINT_INVALID',
    message: `Blueprint validation failed: ${[
      "Field 'extra.prototype' has a reserved name",
      'Missing required field: task_id',
      "Field 'audio_path' contains absolute path (not allowed): /abs.mp3",
      "Field 'moves[0].video_path' contains parent directory reference (..): ../x",
      "Move at index 0 'start_time' cannot be negative",
      'Move at index 1 must be an object',
      'Move at index 2 missing required field: clip_id',
      'Move at index 2 missing required field: video_path',
      "Move at index 2 'duration' must be positive",
      "Field 'total_duration' must be a positive number",
      "output_config 'frame_rate' must be a positive number",
      "Field 'difficulty_level' has invalid value: expert. Valid values: beginner, intermediate, advanced",
    ].join('; ')}`,
  });
});

t.test('a problem of one field does not hide a rule between others', async (t) => {
  const issues = validateBlueprint(
    document((d) => {
      d.task_id = 1;
      d.moves[1].start_time = 9;
      d.total_duration = 17;
    }),
  );
  t.strictSame(
    issues.map((issue) => issue.path),
    ['task_id', 'moves[1].start_time'],
  );
});

t.test('a message quotes a hundred texts and counts the rest; issues hold all', async (t) => {
  const broken = documentOfMoves(150);
  for (const move of broken.moves) delete move.clip_id;
  try {
    parseBlueprint(broken);
    t.fail('should be refused');
  } catch (error) {
    t.match(error, { issues: { length: 150 } });
    t.match((error as Error).message, /Move at index 99 missing required field: clip_id; and 50 more$/);
  }
});

t.test('a quoted value is bounded and holds no control character', async (t) => {
  const [issue] = validateBlueprint(document((d) => (d.difficulty_level = `\u001b[31m${'x'.repeat(5_000)}`)));
  t.ok(issue && issue.text.length < 250);
  t.notMatch(issue?.text, /\p{Cc}/u);
});
