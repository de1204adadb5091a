/** What can be done by a key. */
export type ShortcutAction =
  | 'toggle'
  | 'countBack'
  | 'countOn'
  | 'moveBack'
  | 'moveOn'
  | 'pictureBack'
  | 'pictureOn'
  | 'slower'
  | 'faster'
  | 'loopMove'
  | 'loopPhrase'
  | 'loopStart'
  | 'loopEnd'
  | 'loopClear'
  | 'countIn'
  | 'mirror'
  | 'captions'
  | 'fullScreen'
  | 'undo'
  | 'redo'
  | 'help';

interface Shortcut {
  readonly action: ShortcutAction;
  /** As `KeyboardEvent.key` says it; letters in lower case. */
  readonly keys: readonly string[];
  /** Together with Control or Command. */
  readonly isCommand?: true;
  readonly isShifted?: boolean;
}

/** In the order in which the help shows them. */
export const SHORTCUTS: readonly Shortcut[] = [
  { action: 'toggle', keys: [' ', 'k'] },
  { action: 'countBack', keys: ['ArrowLeft'], isShifted: false },
  { action: 'countOn', keys: ['ArrowRight'], isShifted: false },
  { action: 'moveBack', keys: ['ArrowLeft'], isShifted: true },
  { action: 'moveOn', keys: ['ArrowRight'], isShifted: true },
  { action: 'pictureBack', keys: [','] },
  { action: 'pictureOn', keys: ['.'] },
  { action: 'slower', keys: ['-'] },
  { action: 'faster', keys: ['+', '='] },
  { action: 'loopMove', keys: ['l'], isShifted: false },
  { action: 'loopPhrase', keys: ['p'] },
  { action: 'loopStart', keys: ['a'] },
  { action: 'loopEnd', keys: ['b'] },
  { action: 'loopClear', keys: ['x'] },
  { action: 'countIn', keys: ['i'] },
  { action: 'mirror', keys: ['m'] },
  { action: 'captions', keys: ['c'] },
  { action: 'fullScreen', keys: ['f'] },
  { action: 'undo', keys: ['z'], isCommand: true, isShifted: false },
  { action: 'redo', keys: ['z'], isCommand: true, isShifted: true },
  { action: 'help', keys: ['?'] },
];

export interface Stroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** What a stroke means; undefined where it means nothing here. */
export function actionOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Stroke): ShortcutAction | undefined {
  if (altKey) return undefined;
  const pressed = key.length === 1 ? key.toLowerCase() : key;
  return SHORTCUTS.find(
    ({ keys, isCommand = false, isShifted }) =>
      keys.includes(pressed) &&
      isCommand === (ctrlKey || metaKey) &&
      (isShifted === undefined || isShifted === shiftKey),
  )?.action;
}
