/** One text a refused document may give. Words in angle brackets stand for something of the document. */
export interface ErrorText {
  readonly text: string;
  readonly when: string;
}

/** The reference's list of error texts. A test provokes every one of them. */
export const ERROR_TEXTS: readonly ErrorText[] = [
  { text: 'Invalid JSON: <reason>', when: 'The text is no JSON.' },
  { text: 'Blueprint is larger than 4194304 bytes', when: 'The text is above 4 MiB and is not read.' },
  { text: 'Blueprint must be a JSON object', when: 'It is an array, a string, null, ...' },
  { text: 'Blueprint has more than 250000 values', when: 'All members and items counted.' },
  { text: "Field '<path>' is nested deeper than 32 levels", when: 'Anywhere in the document.' },
  {
    text: "Field '<path>' has a reserved name",
    when: '`__proto__`, `constructor` or `prototype`, anywhere.',
  },
  { text: "Field '<path>' has a name longer than 200 characters", when: 'Anywhere in the document.' },
  { text: "Field '<path>' has a name that contains null bytes", when: 'Anywhere in the document.' },
  { text: "Field '<path>' has a name that is not well-formed Unicode", when: 'A lone surrogate in a name.' },
  { text: "Field '<path>' must be a finite number", when: 'NaN or an infinity; also 1e999 in a text.' },
  { text: "Field '<path>' contains null bytes", when: 'A NUL in any string.' },
  { text: "Field '<path>' is not well-formed Unicode", when: 'A lone surrogate in any string.' },
  { text: "Field '<path>' is longer than <n> characters", when: 'Known fields: see each; others: 20000.' },
  { text: "Field '<path>' is not a JSON value", when: 'A function, a date, ... in a value handed over.' },
  { text: 'Missing required field: <field>', when: 'At the top level.' },
  { text: 'Move at index <i> missing required field: <field>', when: 'In a move.' },
  { text: 'output_config missing required field: output_path', when: 'In output_config; song likewise.' },
  {
    text: "Field '<field>' must be of type <type>, got <type>",
    when: 'Types: str, int, float, number, bool, list, dict.',
  },
  { text: "Field '<field>' cannot be empty", when: 'task_id and paths; in a move, clip_id.' },
  {
    text: "Field 'task_id' must not contain slashes or control characters: <value>",
    when: 'It names files.',
  },
  { text: "Field 'moves' cannot be an empty array", when: 'There is no move.' },
  { text: "Field 'moves' has more than 2000 items: <n>", when: 'Also beats, above 20000.' },
  { text: 'Move at index <i> must be an object', when: 'An item of moves is something else.' },
  { text: "Field '<field>' must be a positive number", when: 'audio_tempo, total_duration.' },
  { text: "Field '<field>' must be at most <n>", when: 'A number above the range in its row.' },
  {
    text: "Field 'schema_version' names an unsupported version. Supported versions: 1.x: <value>",
    when: 'Another major version.',
  },
  {
    text: "Field '<field>' has invalid value: <value>. Valid values: <values>",
    when: 'A value outside a closed set.',
  },
  {
    text: 'Move at index <i> has invalid transition_type: <value>. Valid types: <types>',
    when: 'An unknown transition.',
  },
  { text: "Move at index <i> 'start_time' cannot be negative", when: '' },
  { text: "Move at index <i> 'duration' must be positive", when: 'Zero or less.' },
  { text: "Move at index <i> 'trim_start' must be a non-negative number", when: 'trim_end likewise.' },
  { text: "Move at index <i> 'volume_adjustment' must be between 0 and 1", when: '' },
  { text: "Move at index <i> 'playback_rate' must be between 0.25 and 4", when: '' },
  { text: "Move at index <i> 'counts' must be a whole number from 1 to 10000", when: '' },
  { text: "output_config 'frame_rate' must be a positive number", when: '0 or less.' },
  { text: "output_config 'frame_rate' must be at least 1", when: '' },
  {
    text: "output_config 'transition_duration' must be a non-negative number",
    when: 'fade_duration likewise.',
  },
  {
    text: "output_config '<field>' has invalid value: <value>. Valid values: <values>",
    when: 'A codec or container that is not supported.',
  },
  {
    text: "output_config '<field>' must be a bitrate such as 128k or 2M: <value>",
    when: 'video_bitrate, audio_bitrate.',
  },
  { text: "output_config 'video_bitrate' must be between 100k and 100M", when: '' },
  { text: "output_config 'audio_bitrate' must be between 16k and 512k", when: '' },
  { text: "Field '<path>' contains control characters: <key>", when: 'A storage key.' },
  { text: "Field '<path>' contains parent directory reference (..): <key>", when: 'A storage key.' },
  { text: "Field '<path>' contains a backslash: <key>", when: 'A storage key.' },
  { text: "Field '<path>' contains absolute path (not allowed): <key>", when: 'A storage key.' },
  { text: "Field '<path>' contains a URL scheme or drive (not allowed): <key>", when: 'A storage key.' },
  { text: "Field '<path>' repeats the data/ prefix: <key>", when: 'A storage key.' },
  { text: "Field '<path>' contains an empty path segment: <key>", when: 'A storage key.' },
  { text: "Field '<path>' contains a dot path segment: <key>", when: 'A storage key.' },
  { text: "Field '<path>' is longer than 1024 bytes", when: 'A storage key.' },
  { text: "Field '<path>' has a path segment longer than 255 bytes", when: 'A storage key.' },
  {
    text: "Field 'output_config.output_path' would overwrite a file the video is made from",
    when: 'It is the song or a clip.',
  },
  {
    text: "Move at index <i> 'start_time' must be after that of the move before it (<s>): <s>",
    when: 'Moves out of order.',
  },
  { text: 'Move at index <i> leaves a gap of <s> s after the move before it', when: 'Above 0.05 s.' },
  {
    text: 'Move at index <i> overlaps the move before it by <s> s; a <transition> may not overlap',
    when: 'Above 0.05 s.',
  },
  {
    text: 'Move at index <i> overlaps the move before it by <s> s; a crossfade may overlap by at most <s> s',
    when: 'Above transition_duration and 0.05 s.',
  },
  { text: 'Move at index <i> begins before the move at index <j> has ended', when: 'Three moves at a time.' },
  {
    text: "Field 'total_duration' does not match the moves: they end at <s> s, after <s> s",
    when: 'The video would be shorter than its moves.',
  },
  {
    text: 'Move at index <i> needs footage up to <s> s, but it ends at <s> s',
    when: 'original_duration is given, and too short.',
  },
  { text: "Field 'beats[<i>]' must be after the beat before it", when: 'Beats do not rise.' },
];
